using System.Text;
using JobServer.Outputs.Disclosure;

namespace JobServer.Outputs.Tests.Disclosure;

/// <summary>Fixtures that are about a name, a size or a long file.</summary>
internal static class MadeFixtures
{
    private const long Limit = 16 * 1024 * 1024;
    private const string Plain = "group,count\nwomen,120\nmen,115\n";

    public static IEnumerable<DisclosureFixture> All =>
    [
        Sized("F2/good-a-byte-less.txt", Limit - 1), Sized("F2/good-at-the-limit.txt", Limit), Sized("F2/bad-a-byte-more.txt", Limit + 1),
        Named("F3/good.csv", "output/a.b.csv"), Named("F3/bad-hidden.csv", "output/.secret.csv"), Named("F3/bad-folder.csv", ".git/a.csv"),
        Named("F3/bad-macosx.csv", "output/__MACOSX/a.csv"), Named("F3/bad-lock.csv", "output/~$a.csv"), Named("F3/bad-backup.csv", "output/a.csv~"),
        Named("F5/good.csv", "output/Köln 2.csv"), Named("F5/bad-direction.csv", "output/a\u202Evsc.csv"), Named("F5/bad-unseen.csv", "output/a\u200B.csv"),
        Named("F5/bad-colon.csv", "output/a:b.csv"), Named("F5/bad-dot.csv", "output./a.csv"),
        Beside("F5/bad-case.csv", "output/A.csv", "output/a.csv"), Beside("F5/good-case.csv", "output/a.csv", "output/b.csv"),
        Beside("G1/bad-alone.png", "output/a.png", "output/b.txt"), Beside("G1/good-with-table.png", "output/a.png", "output/b.csv"),
        Rows("C1/good-4999.csv", 4999), Rows("C1/good-5000.csv", 5000), Rows("C1/bad-5001.csv", 5001),
    ];

    private static DisclosureFixture Named(string name, string path) => new() { Name = name, Path = path, Content = Encoding.UTF8.GetBytes(Plain) };

    private static DisclosureFixture Beside(string name, string path, string other) =>
        Named(name, path) with { Surroundings = new CheckSurroundings { Paths = [path, other] } };

    private static DisclosureFixture Sized(string name, long size) =>
        new() { Name = name, Path = "output/a.txt", Content = size <= Limit ? Encoding.ASCII.GetBytes(new string('a', (int)size)) : [], Size = size };

    private static DisclosureFixture Rows(string name, int rows) => new()
    {
        Name = name,
        Path = "output/a.csv",
        Content = Encoding.ASCII.GetBytes("week,count\n" + string.Concat(Enumerable.Range(0, rows).Select(row => $"w,{1000 + (row * 5)}\n"))),
    };
}
