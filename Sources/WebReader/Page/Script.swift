/// What pages do beside what they say (Protocol 11.9): one file, served as it stands in these parts.
/// Each part is a function that looks for its hooks and leaves a page alone that has none.
enum Script {
  static let text = [beginning, keys, place, progress, passages, news].joined(separator: "\n")
}

extension Script {
  /// What the others use.
  static let beginning = """
    "use strict";
    // What Satchel's pages do beside what they say. All of it can be done without.
    const data = document.body.dataset;
    const text = document.getElementById("text");
    const find = (selector, within = document) => within.querySelector(selector);
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    let revision = Number(data.revision), sending = 0;

    // Sends a form of ours in the background; what it changes is no news to this page.
    async function send(path, fields) {
      sending += 1;
      try {
        const answer = await fetch(data.home + path, {
          method: "POST", body: new URLSearchParams(fields), keepalive: true, 
          headers: { "Satchel-Token": data.token },
        });
        revision = Math.max(revision, Number(answer.headers.get("Satchel-Revision")));
      } catch { /* The server has ended, and a page that is gone needs none. */ }
      sending -= 1;
    }

    function make(name, properties, ...children) {
      const element = Object.assign(document.createElement(name), properties);
      element.append(...children);
      return element;
    }

    """
}
