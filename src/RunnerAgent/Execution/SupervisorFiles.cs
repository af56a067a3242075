using System.Text.Json;
using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Execution;

/// <summary>Reads what supervise.sh and bubblewrap write.</summary>
internal static class SupervisorFiles
{
    public static SandboxProbe Probe(AttemptDirectory directory)
    {
        if (ReadExit(directory) is { } exit)
            return new SandboxProbe(ProcessState.Ended, exit);
        if (!Directory.Exists(directory.Claim))
            return new SandboxProbe(ProcessState.NotStarted);
        if (LivingSupervisor(directory) is not null)
            return new SandboxProbe(ProcessState.Alive, StartedAt: new DateTimeOffset(File.GetLastWriteTimeUtc(directory.Supervisor), TimeSpan.Zero));

        // Between its claim and its first word there is nothing to see but the claim.
        if (!File.Exists(directory.Supervisor) && !GivenUp(directory) && ClaimIsFresh(directory))
            return new SandboxProbe(ProcessState.Alive);

        // It may have written its last word between the two looks.
        return ReadExit(directory) is { } late
            ? new SandboxProbe(ProcessState.Ended, late)
            : new SandboxProbe(ProcessState.Lost);
    }

    private static bool GivenUp(AttemptDirectory directory) => File.Exists(Path.Join(directory.Run, "given-up"));

    private static bool ClaimIsFresh(AttemptDirectory directory)
    {
        // By the file system's own clock on both sides: the wall clock is not asked.
        var probe = Path.Join(directory.Run, "now");
        try
        {
            File.WriteAllText(probe, "");
        }
        catch (IOException)
        {
            // A full disk: what cannot be known to be lost is taken for alive until there is room.
            return true;
        }

        return File.GetLastWriteTimeUtc(probe) - Directory.GetLastWriteTimeUtc(directory.Claim) < FirstWord;
    }

    private static readonly TimeSpan FirstWord = TimeSpan.FromSeconds(10);

    /// <summary>Its process number, if that very process lives.</summary>
    public static int? LivingSupervisor(AttemptDirectory directory)
    {
        if (Words(directory.Supervisor) is not [var process, var start, var boot] || boot != ProcessTable.BootId())
            return null;

        return int.TryParse(process, out var number) && ProcessTable.IsAlive(number, start) ? number : null;
    }

    /// <summary>The first process inside the sandbox: when it ends, everything inside does.</summary>
    public static int? FirstProcess(AttemptDirectory directory) => Status(directory, "child-pid");

    private static SandboxExit? ReadExit(AttemptDirectory directory)
    {
        if (Words(directory.Exit) is not [var code, var timedOut, var oom, var started, var ended])
            return null;

        return new SandboxExit
        {
            Code = Status(directory, "exit-code") ?? int.Parse(code),
            TimedOut = timedOut == "1",
            OutOfMemory = oom != "0",
            ProgramRan = Status(directory, "child-pid") is not null,
            StartedUnixMs = long.Parse(started) * 1000,
            EndedUnixMs = long.Parse(ended) * 1000,
        };
    }

    private static int? Status(AttemptDirectory directory, string name)
    {
        if (!File.Exists(directory.BubblewrapStatus))
            return null;

        foreach (var line in File.ReadLines(directory.BubblewrapStatus))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.TryGetProperty(name, out var value))
                    return value.GetInt32();
            }
            catch (JsonException)
            {
                // Half written: the next look finds it whole.
            }
        }

        return null;
    }

    private static string[] Words(string path) =>
        File.Exists(path) ? File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
}
