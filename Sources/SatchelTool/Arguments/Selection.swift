import ArgumentParser
import Satchel

extension ArticleQuery.Sort: ExpressibleByArgument {}

/// The flags that choose articles.
struct Selection: ParsableArguments {
  @Flag(help: "Only unread ones.") var unread = false
  @Flag(help: "Only read ones.") var read = false
  @Flag(help: "Only starred ones.") var starred = false
  @Flag(help: "Only archived ones.") var archived = false
  @Flag(help: "Archived ones too.") var all = false
  @Option(help: "Only those with this tag.") var tag: String?
  @Option(help: "Only those from this site.") var site: String?
  @Option(help: "Only those published on or after this day (2026-03-13).") var since: Moment?
  @Option(help: "Only those published before this day.") var before: Moment?

  func validate() throws {
    if read && unread { throw ValidationError("--read and --unread exclude each other.") }
  }

  var query: ArticleQuery {
    var query = ArticleQuery()
    query.isRead = read ? true : unread ? false : nil
    query.isStarred = starred ? true : nil
    query.isArchived = archived ? true : all ? nil : false
    query.tag = tag
    query.site = site
    query.since = since?.text
    query.before = before?.text
    return query
  }
}
