import Foundation

// Pages, and lines that a library wrote.

extension FormatSamples {
  /// Pages as they are saved, mirrored, written by hand and exported.
  static let pages: [String] = [mirrored, frontMatter, exported, saved]

  private static let mirrored = """
    ### 一座桥
    ------------------------

    #### [首页](https://github.com/a/b/blob/master/README.md) &nbsp;&nbsp;|&nbsp;&nbsp; [教程](c.md)



    <div><img alt="桥" src="https://i.example.com/a.jpg"/>
    <div class="caption">
     桥
    </div></div><hr/>

    #### [🔥 看这个](https://github.com/a/b/blob/master/README.md)

    <div><p>
     【本报2020年03月14日讯】（本报记者王小明纽约报导）这座桥修了三年。
    </p>
    <!-- advert -->
    <p>
     责任编辑：李大山#
    </p>
    </div>
    <hr/>
    手机上长按并复制下列链接或二维码分享本文章：<br/>
    原文地址（需翻墙访问）：https://www.example.com/gb/2020/03/13/a1001.html

    ------------------------
    #### [首页](https://github.com/a/b/blob/master/README.md)

    <img src='http://tracker.example.net/a.md' width='0px' height='0px'/>
    """

  private static let frontMatter = """
    ---
    title: "x\\"y"
    tags: [a, 'b', "c]
    date: 2020-03-13T09:30:00+08:00
    ---
    # T

    ![a](b.png) <img src="c.png"> &#x4E2D;
    """

  private static let exported = """
    ---
    title: "x\\"y\\n\\u6865"
    source: "https://example.org/a"
    created: 2026-01-02T03:04:05.678Z
    tags:
      - "a"
    read: true
    progress: 40
    note: "two\\nlines"
    format: html
    satchel: 1
    ---
    <p>T <img src="c.png">
    """

  private static let saved: String = {
    let picture =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 7, count: 20)
    let digits = Data(picture).base64EncodedString()
    return """
      Snapshot-Content-Location: https://news.example.org/a
      Subject: =?utf-8?Q?T=C3=A9?= =?utf-8?B?6Iy2?=
      Content-Type: multipart/related;
       start="<m@x>"; boundary="x"

      --x
      Content-Type: multipart/alternative; boundary=y

      --y
      Content-Type: text/html; charset=utf-8
      Content-ID: <m@x>
      Content-Transfer-Encoding: quoted-printable
      Content-Location: https://news.example.org/a

      <title>T=C3=A9</title><img src=3D"cid:p@x"><img src=3D"../p.png?x=3D1#=
      y">
      --y--
      --x
      Content-Type: image/png
      Content-ID: <p@x>
      Content-Location: /p.png?x=1
      Content-Transfer-Encoding: base64

      \(digits)
      --x--
      """
  }()

  static let line = #"""
    {"satchel":1,"id":"x","url":"https://a.example","title":"T\u0001","tags":["a"],"read":true,"starred":false,\#
    "progress":40,"added":"2026-01-02T03:04:05.678Z","note":"n","format":"markdown",\#
    "content":"x\"\\y","images":[{"reference":"i","data":"AQI="}],"highlights":[{"quote":"x"}]}
    """#
}
