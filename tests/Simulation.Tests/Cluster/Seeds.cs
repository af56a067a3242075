using System.Collections.Concurrent;

namespace JobServer.Simulation.Tests.Cluster;

/// <summary>Plays seeds on as many threads as there are processors, each seed on one, and gives the results in order.</summary>
internal static class Seeds
{
    public static IEnumerable<SeedResult> Play(int first, int count)
    {
        using var results = new BlockingCollection<SeedResult>();
        var next = first - 1;
        var threads = Enumerable.Range(0, Math.Min(count, Environment.ProcessorCount)).Select(_ => new Thread(() =>
        {
            while (Interlocked.Increment(ref next) is var seed && seed < first + count)
            {
                results.Add(ClusterRun.Play(seed));
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        try
        {
            foreach (var result in InOrder(results, first, count))
            {
                yield return result;
            }
        }
        finally
        {
            // Whoever has seen enough waits for the seeds at hand only.
            Interlocked.Exchange(ref next, first + count);
            threads.ForEach(thread => thread.Join());
        }
    }

    /// <summary>The same for anything with a number from 0 on, all of it at once.</summary>
    public static IReadOnlyList<T> Each<T>(int count, Func<int, T> play)
    {
        var results = new T[count];
        var next = -1;
        var threads = Enumerable.Range(0, Math.Min(count, Environment.ProcessorCount)).Select(_ => new Thread(() =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                results[number] = play(number);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return results;
    }

    private static IEnumerable<SeedResult> InOrder(BlockingCollection<SeedResult> results, int first, int count)
    {
        var early = new Dictionary<int, SeedResult>();
        for (var seed = first; seed < first + count; seed++)
        {
            while (!early.ContainsKey(seed))
            {
                var result = results.Take();
                early[result.Seed] = result;
            }

            early.Remove(seed, out var due);
            yield return due!;
        }
    }
}
