import Articles
import Formats
import Testing

@Suite struct MirrorMetadataTests {
  @Test(arguments: [
    ("https://a.example/2020/03/13/x.html", "2020-03-13"),
    ("https://a.example/news/gb/2020/3/1/9.html", "2020-03-01"),
    ("https://a.example/2020/0313/x", "2020-03-13"),
    ("https://a.example/20200313/x", "2020-03-13"),
    ("https://a.example/2020-03-13-x.html", "2020-03-13"),
    ("https://a.example/gb/20/3/13/n11938741.htm", "2020-03-13"),
    ("https://a.example/b5/9/12/31/n1.htm?p=1", "2009-12-31"),
    ("https://a.example/m/gx-03132020151908.html", "2020-03-13"),
  ])
  func `an address that names a day dates the page`(address: String, date: String) throws {
    #expect(try draft(original: address, lead: "无").published == date)
  }

  @Test(arguments: [
    "https://a.example/post/420415", "https://a.example/n12345.htm",
    "https://a.example/2020/13/13/x", "https://a.example/2020/02/30/x",
    "https://a.example/10/3/13/x", "https://a.example/gx-13132020151908.html",
    "https://a.example/gx-03132020251908.html", "https://a.example/1020/03/13/x",
    "https://a.example/?d=2020/03/13/x", "https://2020/03/13",
  ])
  func `an address that leaves doubt does not`(address: String) throws {
    #expect(try draft(original: address, lead: "无").published == nil)
  }

  @Test(arguments: [
    ("【本台2020年3月9日】开始", "2020-03-09"), ("【本报北京时间2020年03月13日讯】开始", "2020-03-13"),
    ("更新: 2020-03-13 9:41 AM", "2020-03-13"), ("【评论】【本报2020年03月13日讯】", "2020-03-13"),
  ])
  func `the dateline dates a page whose address does not`(lead: String, date: String) throws {
    #expect(try draft(original: "https://a.example/1", lead: lead).published == date)
  }

  @Test(arguments: ["2020年3月9日，他出发了。", "【2020年回顾】", "【2020年3月】", "更新了2020年计划"])
  func `a day in the story does not`(lead: String) throws {
    #expect(try draft(original: "https://a.example/1", lead: lead).published == nil)
  }

  @Test(arguments: [
    ("【讯】（本台记者王小明综合报导）", "王小明"), ("（记者王明美国纽约报导）", "王明"),
    ("（英文报记者Jane Q. Doe报导）", "Jane Q. Doe"), ("（记者王明、李小山台北报导）", "王明、李小山"),
    ("（作者：王明）", "王明"), ("作者 : 王明明", "王明明"), ("記者：王明　責編：李山", "王明"),
    ("采访/王明 编辑/李山 后制/张三", "王明"), ("（报记者王明编译/综合报导）", "王明"),
  ])
  func `a credit names the author`(credit: String, author: String) throws {
    #expect(try draft(closing: credit).author == author)
  }

  @Test(arguments: [
    "他在（记者会）上说", "记者：“你好吗？”", "记者：王先生，您好。", "（图片：作者提供）", "据本台记者王明报导，他来了。",
    "（记者王明某地不详的地方报导）", "（画，作者：某某（Name）", "记者", "（记者报导）",
  ])
  func `what may be something else names nobody`(text: String) throws {
    #expect(try draft(closing: text).author == nil)
    #expect(try draft(lead: text).author == nil)
  }

  @Test(arguments: [
    ("责任编辑：李山 ＃", "李山"), ("（记者王明报导/责任编辑：李山）", "李山"), ("責任編輯：李山", "李山"),
    ("（王明 责编：李山 张小三 网编：赵四）", "李山 张小三"), ("采访/王明 编辑/李山 后制/张三", "李山"),
  ])
  func `a credit names the editor`(closing: String, editor: String) throws {
    #expect(try draft(closing: closing).editor == editor)
  }

  @Test(arguments: ["网络编辑：李山", "责任编辑", "责任编辑：", "他是责任编辑：他说，是的"])
  func `and nobody where it does not`(closing: String) throws {
    #expect(try draft(closing: closing).editor == nil)
  }

  private func draft(
    original: String = "https://a.example/1", lead: String = "无", closing: String = "完"
  ) throws -> ArticleDraft {
    let page = MirrorFixture(original: original, lead: lead, closing: closing)
    return try importPage(page.text, at: page.path, as: .mirror)
  }
}
