/// What pages do beside what they say (Protocol 11.9). Each part looks for its hooks, and leaves a
/// page alone that has none.
enum Script {
  static let text = Asset.compact([beginning, keys, place, progress, passages, news])
}

extension Script {
  /// What the others use.
  static let beginning = """
    "use strict";
    const data = document.body.dataset;
    const text = document.getElementById("text");
    const find = (selector, within = document) => within.querySelector(selector);
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const here = location.pathname + location.search;
    let revision = Number(data.revision), sending = 0;

    function make(name, properties, ...children) {
      const element = Object.assign(document.createElement(name), properties);
      element.append(...children);
      return element;
    }

    // Sends what a form of ours would send; what it changes is no news to this page.
    async function send(path, fields) {
      sending += 1;
      try {
        const answer = await fetch(data.home + path, {
          method: "POST", body: new URLSearchParams(fields), keepalive: true,
          headers: { "Satchel-Token": data.token },
        });
        revision = Math.max(revision, Number(answer.headers.get("Satchel-Revision")));
      } catch {
        // The server has ended, and whoever leaves a page does not wait for its answer.
      }
      sending -= 1;
    }

    """
}
