namespace JobServer.RunnerAgent.Execution;

/// <summary>Keeps beside a sandbox why it was asked to end, so that a restarted agent tells a stop from a crash.</summary>
internal static class StopNotes
{
    public static StopCause Read(AttemptDirectory directory) =>
        File.Exists(directory.StopNote) && Enum.TryParse<StopCause>(File.ReadAllText(directory.StopNote).Trim(), out var cause) && Enum.IsDefined(cause)
            ? cause
            : StopCause.None;

    /// <summary>In place as a whole before the sandbox is told. Whose attempt it is, the journal knows better.</summary>
    public static void Write(AttemptDirectory directory, StopCause cause)
    {
        if (cause is StopCause.None or StopCause.Asked)
            return;

        Directory.CreateDirectory(directory.Run);
        var fresh = directory.StopNote + ".new";
        File.WriteAllText(fresh, $"{cause}\n");
        File.Move(fresh, directory.StopNote, overwrite: true);
    }
}
