using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Execution;

/// <summary>What is said of a sandbox's end. A pure function of it.</summary>
internal static class JobOutcome
{
    private const int SignalBase = 128;
    private const int ProcessorTimeSignal = 24;
    private const int FileSizeSignal = 25;
    private const int KillSignal = 9;

    /// <returns>Null when the program did its work.</returns>
    public static Status? Failure(SandboxExit exit, StopCause cause, SandboxLimits limits)
    {
        if (cause == StopCause.Silence)
        {
            return Failed(
                exit,
                FailureReason.NoOutput,
                $"The action was stopped: it printed nothing and wrote no file for {Shown(limits.Silence ?? TimeSpan.Zero)}.");
        }

        if (cause == StopCause.TimeLimit || exit.TimedOut)
            return Failed(exit, FailureReason.TimedOut, $"The action was stopped: it ran longer than its time limit of {Shown(limits.Time)}.");
        if (!exit.ProgramRan)
        {
            return Failed(
                exit, FailureReason.InternalError, "The sandbox could not be made; the people who run the backend find the cause in its log.");
        }

        if (exit.Code == 0)
            return null;
        if (exit.OutOfMemory)
            return Failed(exit, FailureReason.OutOfMemory, $"Job ran out of memory (limit was {limits.Memory / 1e9:0.00}GB)");

        return exit.Code switch
        {
            SignalBase + ProcessorTimeSignal => Failed(
                exit,
                FailureReason.TimedOut,
                $"The action was stopped: it used more than its {Shown(limits.ProcessorTime)} of processor time."),
            SignalBase + FileSizeSignal => Failed(
                exit, FailureReason.NonzeroExit, $"The action was stopped: it wrote a file of more than {limits.FileSize} bytes."),
            SignalBase + KillSignal => Failed(
                exit, FailureReason.NonzeroExit, "Job exited with an error: it was killed, by the memory limit or by an administrator (code 137)."),
            > SignalBase => Failed(
                exit, FailureReason.NonzeroExit, $"Job exited with an error: signal {exit.Code - SignalBase} ended it (code {exit.Code})."),
            _ => Failed(exit, FailureReason.NonzeroExit, $"Job exited with error code {exit.Code}"),
        };
    }

    public static Status Unmatched(SandboxExit exit, IEnumerable<string> patterns) => Failed(
        exit,
        FailureReason.UnmatchedPatterns,
        $"No outputs found matching: {string.Join(", ", patterns)}. The job's log at the backend lists the files that were made.");

    public static Status Cancelled(SandboxExit? exit) => Failed(exit, FailureReason.Cancelled, "Cancelled by user");

    public static Status Succeeded(SandboxExit exit, int excluded, string manifestDigest) => new()
    {
        Kind = StatusKind.Succeeded,
        ManifestDigest = manifestDigest,
        StartedUnixMs = exit.StartedUnixMs,
        EndedUnixMs = exit.EndedUnixMs,
        ExitCode = 0,
        Message = excluded == 0
            ? "Completed successfully"
            : $"Completed successfully, but {excluded} file(s) marked moderately_sensitive were excluded, see the job's log",
    };

    public static Status Failed(SandboxExit? exit, FailureReason reason, string message)
    {
        var status = new Status
        {
            Kind = StatusKind.Failed,
            Reason = reason,
            Message = message,
            StartedUnixMs = exit?.StartedUnixMs ?? 0,
            EndedUnixMs = exit?.EndedUnixMs ?? 0,
        };
        if (exit is { ProgramRan: true })
            status.ExitCode = exit.Code;

        return status;
    }

    private static string Shown(TimeSpan time) => time.TotalHours >= 1
        ? Counted(time.TotalHours, "hour")
        : time.TotalMinutes >= 1 ? Counted(time.TotalMinutes, "minute") : Counted(time.TotalSeconds, "second");

    private static string Counted(double number, string unit) => $"{number:0.##}" is "1" ? $"1 {unit}" : $"{number:0.##} {unit}s";
}
