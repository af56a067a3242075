namespace JobServer.ServiceDefaults;

/// <summary>The host's one source of randomness, safe for several threads. A seed replays its sequence.</summary>
public sealed class SynchronizedRandom : Random
{
    private readonly Lock _lock = new();
    private readonly Random _random;

    public SynchronizedRandom() => _random = new Random();

    public SynchronizedRandom(int seed) => _random = new Random(seed);

    public override int Next()
    {
        lock (_lock)
        {
            return _random.Next();
        }
    }

    public override int Next(int maxValue)
    {
        lock (_lock)
        {
            return _random.Next(maxValue);
        }
    }

    public override int Next(int minValue, int maxValue)
    {
        lock (_lock)
        {
            return _random.Next(minValue, maxValue);
        }
    }

    public override long NextInt64()
    {
        lock (_lock)
        {
            return _random.NextInt64();
        }
    }

    public override long NextInt64(long maxValue)
    {
        lock (_lock)
        {
            return _random.NextInt64(maxValue);
        }
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        lock (_lock)
        {
            return _random.NextInt64(minValue, maxValue);
        }
    }

    public override double NextDouble()
    {
        lock (_lock)
        {
            return _random.NextDouble();
        }
    }

    public override float NextSingle()
    {
        lock (_lock)
        {
            return _random.NextSingle();
        }
    }

    public override void NextBytes(byte[] buffer)
    {
        lock (_lock)
        {
            _random.NextBytes(buffer);
        }
    }

    public override void NextBytes(Span<byte> buffer)
    {
        lock (_lock)
        {
            _random.NextBytes(buffer);
        }
    }
}
