namespace JobServer.RunnerAgent;

/// <summary>The same seed gives the same run.</summary>
internal sealed class SeededAgentRandom(int seed) : IAgentRandom
{
    internal const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    internal const int IdLength = 26;

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public double NextDouble()
    {
        lock (_lock)
        {
            return _random.NextDouble();
        }
    }

    public string NewId()
    {
        lock (_lock)
        {
            return new string(_random.GetItems(Letters.AsSpan(), IdLength));
        }
    }
}
