namespace JobServer.RunnerAgent.Logs;

/// <summary>What is there of a spool at one moment, in bytes.</summary>
/// <param name="Kept">What can be read.</param>
/// <param name="Dropped">What was printed after that and is not kept. Final only when the attempt has ended.</param>
/// <param name="IsGivenUp">The spool was removed to make room: nothing is kept, and what was not sent by then never will be.</param>
internal readonly record struct SpoolSize(long Kept, long Dropped, bool IsGivenUp)
{
    public long Printed => Kept + Dropped;
}
