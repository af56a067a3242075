namespace JobServer.Data.Jobs;

/// <summary>How long a job waits in the queue after an attempt was lost or its agent was busy.</summary>
public static class QueueBackOff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan Cap = TimeSpan.FromMinutes(2);

    /// <param name="failures">How often it happened before, from 0.</param>
    /// <returns>Two seconds doubled each time, at most two minutes; half of it is chance.</returns>
    public static TimeSpan After(int failures, Random random)
    {
        var ceiling = TimeSpan.FromSeconds(Math.Min(Cap.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Clamp(failures, 0, 30))));
        return (ceiling / 2) + (ceiling / 2 * random.NextDouble());
    }
}
