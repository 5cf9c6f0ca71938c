/// What `help sync`, `help bundles` and `help json` say.
enum TopicHelp {
  static let sync = """
    Replicas of a library exchange what each lacks, whichever way they meet and in any order. None of \
    them is the master, and what two people write at the same time is kept on both sides.

      satchel invite                       a code; on the other machine: satchel join CODE
      satchel sync /media/stick            a folder: a stick, a file server, or one that another
                                           program copies between machines
      satchel serve                        on one machine, for others in the same network
      satchel sync study.local:PORT        the machine that serves
      satchel sync ssh://study/library     a library on a machine that you reach with ssh
      satchel sync rclone:cloud:satchel    a place in a store that your own rclone knows
      satchel remote add stick /media/stick    gives a place a name
      satchel sync                         with every named place
      satchel sync --watch                 and goes on doing so

    Everything is sealed for members of the library: who keeps a folder or a store cannot read it. Where \
    machines never meet and share no place, carry a file: satchel help bundles.

    Whatever is interrupted goes on where it was with the next sync. satchel status says who was last \
    heard of, and what is still missing; satchel conflicts lists what was written apart.
    """

  static let bundles = """
    A bundle is one file with what another replica lacks: to be carried on a stick, sent, or kept.

      satchel bundle create /media/stick --for kitchen   what kitchen has not acknowledged
      satchel bundle create /media/stick --full          everything, for anybody of the library
      satchel bundle create FILE --query is:starred      some articles, now; all else comes later
      satchel bundle inspect FILE                        what is in it and what merging it would change
      satchel bundle verify FILE                         whether it is whole; also: satchel merge -n FILE
      satchel merge /media/stick                         every bundle that lies there

    Bundles can be merged in any order, and as often as you like: what is here already changes nothing. \
    Where one is missing between two, satchel merge says so and ends with 16; the next bundle from that \
    replica fills the gap. A bundle of many megabytes can be cut: --split 100M.

    They are sealed for members of the library, unless made with --open. A backup is another thing: \
    satchel backup writes the whole library of this machine into one file.
    """

  static let json = """
    Every command takes --json. Then stdout holds JSON alone.

    What only answers prints one object, such as {"articles":[...]}. What changes something prints \
    {"changed":[ID,...],"unchanged":N}. Long work prints a line an object, each with a "type": progress, \
    warning, and last a summary. An error is one object on stderr: \
    {"type":"error","code":13,"message":"...","hint":"..."}; its code is also the exit code (satchel help \
    exit-codes).

    Ids are short and unique in this library: any command takes them. Times are RFC 3339 in UTC. Stamps \
    are decimal strings, since they are longer than a JSON number can be. Hashes and the fingerprint are \
    lower-case hexadecimal. What there is not is null. Keys that exist stay; new ones may come, so pass \
    over what you do not know.

      satchel list is:unread --json | jq -r '.articles[].url'
      satchel conflicts --json | jq -r '.conflicts[] | [.id, .field, .n] | @tsv'
    """
}
