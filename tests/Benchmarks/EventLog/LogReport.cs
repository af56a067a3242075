using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace JobServer.Benchmarks.EventLog;

/// <summary>Whole pages of the event log over HTTP, at a small and at a large number of requests.</summary>
internal static class LogReport
{
    private const int Small = 10_000;
    private const int Large = 1_000_000;
    private const int WarmUp = 10;
    private const int Rounds = 60;

    public static async Task RunAsync()
    {
        var small = await MeasureAsync(Small);
        var large = await MeasureAsync(Large);
        Console.WriteLine($"{"event log, milliseconds a page",-44}{$"p50 {Small:N0}",14}{$"p95 {Small:N0}",14}{$"p50 {Large:N0}",16}{$"p95 {Large:N0}",16}{"ratio of p50",14}{"of p95",8}");
        foreach (var (name, few) in small)
        {
            var many = large[name];
            Console.WriteLine(
                $"{name,-44}{few.Percentile(0.5),14:0.0}{few.Percentile(0.95),14:0.0}{many.Percentile(0.5),16:0.0}{many.Percentile(0.95),16:0.0}{many.Percentile(0.5) / few.Percentile(0.5),14:0.00}{many.Percentile(0.95) / few.Percentile(0.95),8:0.00}");
        }
    }

    private static async Task<Dictionary<string, Times>> MeasureAsync(int requests)
    {
        var making = Stopwatch.StartNew();
        await using var site = await LogSite.StartAsync(requests);
        Console.WriteLine($"{requests:N0} requests and {5 * requests:N0} jobs were made in {making.Elapsed.TotalSeconds:0} s; {new FileInfo(site.Database).Length / 1_000_000:N0} MB");
        var random = new Random(11);
        var times = new Dictionary<string, Times>(StringComparer.Ordinal);
        foreach (var (name, address) in Cases(requests, await IdentifiersAsync(site.Database, requests)))
        {
            for (var i = 0; i < WarmUp; i++)
                await ReadAsync(site.Browser, address(random));
            var measured = times[name] = new Times(Rounds);
            for (var i = 0; i < Rounds; i++)
                measured.Add(await ReadAsync(site.Browser, address(random)));
        }

        return times;
    }

    private static async Task<TimeSpan> ReadAsync(HttpClient browser, string query)
    {
        var started = Stopwatch.GetTimestamp();
        var page = await browser.GetStringAsync("/event-log" + query);
        var time = Stopwatch.GetElapsedTime(started);
        return page.Contains("run-filters", StringComparison.Ordinal) && !page.Contains("role=\"alert\"", StringComparison.Ordinal)
            ? time
            : throw new InvalidOperationException($"The event log did not understand {query}.");
    }

    private static IEnumerable<(string Name, Func<Random, string> Address)> Cases(int requests, IReadOnlyList<(string Request, string Job)> known)
    {
        string[] states = ["failed", "succeeded", "pending", "running", "cancelled"];
        string Backend(Random random) => $"backend=backend-{random.Next(1, LogRows.Backends + 1)}";
        string Status(Random random) => $"status={states[random.Next(states.Length)]}";
        string User(Random random) => $"user=user-{random.Next(1, LogRows.Users + 1)}";
        string Workspace(Random random) => $"workspace=workspace-{random.Next(1, LogRows.Workspaces + 1)}";
        yield return ("unfiltered", _ => "");
        yield return ("backend", random => "?" + Backend(random));
        yield return ("status", random => "?" + Status(random));
        yield return ("user", random => "?" + User(random));
        yield return ("workspace", random => "?" + Workspace(random));
        yield return ("backend and status", random => $"?{Backend(random)}&{Status(random)}");
        yield return ("user and status", random => $"?{User(random)}&{Status(random)}");
        yield return ("workspace and status", random => $"?{Workspace(random)}&{Status(random)}");
        yield return ("all four", random => $"?{Backend(random)}&{Status(random)}&{User(random)}&{Workspace(random)}");
        yield return ("action that every request has", _ => "?job=generate_dataset");
        yield return ("action of one request in 500", random => $"?job=model_{random.Next(LogRows.Models)}");
        yield return ("action of one request", random => $"?job=only_{random.Next(1, requests + 1)}");
        yield return ("beginning of many actions", random => $"?job=model_{random.Next(1, 10)}");
        yield return ("beginning of 111,111 actions of old requests", random => $"?job=only_{random.Next(1, 9)}");
        yield return ("beginning of no action", _ => "?job=nothing_like_it");
        yield return ("action that every request has, of one user", random => $"?job=generate_dataset&{User(random)}");
        yield return ("job ID", random => $"?job={known[random.Next(known.Count)].Job}");
        yield return ("beginning of a job ID", random => $"?job={known[random.Next(known.Count)].Job[..8]}");
        yield return ("request number", random => $"?request={random.Next(1, requests + 1)}");
        yield return ("request identifier", random => $"?request={known[random.Next(known.Count)].Request}");
        yield return ("any page by its key", random => $"?before={random.Next(100, requests)}");
        yield return ("a page back by its key", random => $"?after={random.Next(1, requests - 100)}");
        yield return ("any page of one backend", random => $"?{Backend(random)}&before={random.Next(1_000, requests)}");
    }

    private static async Task<List<(string Request, string Job)>> IdentifiersAsync(string path, int requests)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT r.Identifier, j.Id FROM JobRequests r JOIN Jobs j ON j.JobRequestId = r.Id AND j.Position = 2 WHERE r.Id % $step = 1";
        command.Parameters.AddWithValue("$step", requests / 100);
        await using var reader = await command.ExecuteReaderAsync();
        var known = new List<(string, string)>();
        while (await reader.ReadAsync())
            known.Add((reader.GetString(0), reader.GetString(1)));
        return known;
    }
}
