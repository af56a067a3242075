using System.Text;

namespace JobServer.EndToEnd.Tests;

/// <summary>A study whose every action tries one thing that no action may do.</summary>
/// <remarks>
/// An action exits 0 when it could, 3 when the machine refused, and Python's 1 when the script itself is wrong: a test
/// that asks for 3 cannot pass because of a mistake in here. What was got, if anything, goes to an output to be released.
/// </remarks>
internal static class ForbiddenAttempt
{
    public const int Refused = 3;

    private const string Script = """
        import os
        import pathlib
        import socket
        import sys

        action, what, *words = sys.argv[1:]
        evidence = pathlib.Path("output") / f"{action}.txt"
        evidence.parent.mkdir(exist_ok=True)
        evidence.write_text("output of " + action + "\n")


        def connect(host, port):
            with socket.create_connection((host, int(port)), timeout=2) as connection:
                connection.sendall(b"patients")
            return "connected"


        def write(path):
            pathlib.Path(path).write_text("written by " + action)
            return "wrote " + path


        def append(path):
            with open(path, "ab") as file:
                file.write(b"written by an action")
            return "appended to " + path


        def read(path):
            content = pathlib.Path(path).read_bytes()
            if not content:
                raise OSError(f"{path} is empty")
            return repr(content)


        def browse(path):
            names = os.listdir(path)
            if not names:
                raise OSError(f"{path} is empty")
            return repr(names)


        def search(backwards):
            # Every file that can be read here and is not the system's, for words of another workspace.
            # They come backwards, so that this program's own are not found.
            sought = backwards[::-1].encode()
            for folder, _, names in os.walk("/"):
                if folder.startswith(("/usr", "/lib", "/bin", "/sbin", "/sys", "/proc")):
                    continue
                for name in names:
                    path = os.path.join(folder, name)
                    try:
                        if not os.path.isfile(path) or os.path.getsize(path) > 50_000_000:
                            continue
                        with open(path, "rb") as file:
                            if sought in file.read(50_000_000):
                                return "found in " + path
                    except OSError:
                        pass
            raise OSError("nothing found")


        try:
            got = {"connect": connect, "write": write, "append": append, "read": read, "browse": browse, "search": search}[what](*words)
        except OSError as refusal:
            print(f"refused: {what} {' '.join(words)}: {refusal}")
            sys.exit(3)
        evidence.write_text(got)
        print("could:", what, *words)
        """;

    /// <param name="attempts">By name of the action: what to try and on what.</param>
    public static Dictionary<string, string> Study(IReadOnlyDictionary<string, string> attempts)
    {
        var project = new StringBuilder("version: '3.0'\nactions:\n");
        foreach (var (action, words) in attempts)
        {
            project.Append($"  {action}:\n    run: python:latest python attempt.py {action} {words}\n");
            project.Append($"    outputs:\n      moderately_sensitive:\n        evidence: output/{action}.txt\n");
        }

        return new() { ["project.yaml"] = project.ToString(), ["attempt.py"] = Script };
    }

    /// <summary>What an action writes before it tries.</summary>
    public static string EvidenceOf(string action) => $"output of {action}\n";
}
