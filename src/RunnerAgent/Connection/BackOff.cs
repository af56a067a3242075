namespace JobServer.RunnerAgent.Connection;

/// <summary>Waits between attempts: half a second, doubled each time, at most 30 seconds, fully jittered.</summary>
internal sealed class BackOff(IAgentRandom random)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);

    /// <summary>Only a link that lived this long is taken for good again.</summary>
    public static readonly TimeSpan ResetAfter = TimeSpan.FromSeconds(60);

    /// <summary>A revoked agent is of no use until a person has acted.</summary>
    public static readonly TimeSpan Revoked = TimeSpan.FromMinutes(10);

    private int _failures;

    /// <summary>The longest that <see cref="Next"/> can answer now.</summary>
    public TimeSpan Ceiling => TimeSpan.FromSeconds(Math.Min(Cap.TotalSeconds, First.TotalSeconds * Math.Pow(2, _failures)));

    public TimeSpan Next()
    {
        var wait = Ceiling * random.NextDouble();
        if (Ceiling < Cap)
            _failures++;

        return wait;
    }

    /// <param name="live">How long the link was live before it ended.</param>
    public void Ended(TimeSpan live)
    {
        if (live >= ResetAfter)
            _failures = 0;
    }

    public TimeSpan AfterRevocation() => Revoked + (Revoked / 2 * random.NextDouble());

    /// <summary>For an answer that will not change soon, such as a wrong token.</summary>
    public TimeSpan Longest()
    {
        while (Ceiling < Cap)
            _failures++;

        return (Cap / 2) + (Cap / 2 * random.NextDouble());
    }
}
