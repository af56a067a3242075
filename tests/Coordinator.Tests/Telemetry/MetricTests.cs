using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Leases;
using JobServer.Coordinator.Telemetry;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Domain.Backends;

namespace JobServer.Coordinator.Tests.Telemetry;

/// <summary>What an operator would see on a board.</summary>
public sealed class MetricTests : CoordinatorTest
{
    [Fact]
    public async Task A_job_leaves_its_marks_in_the_metrics()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name.StartsWith("JobServer.", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => See(instrument));
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) => See(instrument));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => See(instrument));
        listener.Start();

        var (agent, attempt) = await RunningAsync();
        await agent.ReportAsync(attempt, 1, StatusKind.Preparing);
        await agent.ReadAsync(frame => frame.StatusAck is not null);
        listener.RecordObservableInstruments();

        lock (seen)
        {
            Assert.Subset(seen, new HashSet<string>(
                [
                    "jobserver.assignment.answer.latency", "jobserver.status.apply.latency", "jobserver.status.batch.size", "jobserver.sessions",
                    "jobserver.lane.depth", "jobserver.stream.write.wait", "jobserver.dispatch.latency", "jobserver.db.commit.latency", "jobserver.jobs.starved",
                ],
                StringComparer.Ordinal));
        }

        void See(Instrument instrument)
        {
            lock (seen)
            {
                seen.Add(instrument.Name);
            }
        }
    }

    [Fact]
    public async Task The_written_table_names_each_instrument_and_its_label()
    {
        var written = File.ReadLines(DocumentPath())
            .Where(line => line.StartsWith("| `jobserver.", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .SelectMany(cells => Quoted(cells[1]).Select(name => (Name: name, Label: Quoted(cells[2]).SingleOrDefault(""))))
            .ToDictionary(row => row.Name, row => row.Label, StringComparer.Ordinal);
        var seen = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == CoordinatorMetrics.Meter.Name)
                {
                    seen.TryAdd(instrument.Name, "");
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => See(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => See(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => See(instrument, tags));
        listener.Start();
        var (agent, attempt) = await RunningAsync();
        await ConnectAsync(new InventoryItem { Attempt = attempt, State = AttemptState.Running, Process = ProcessState.Alive });
        await SessionEndsAsync(agent.Id, agent.Epoch);
        CoordinatorMetrics.SessionEnded("silent");
        CoordinatorMetrics.Fenced("status");
        listener.RecordObservableInstruments();

        Assert.Equal([], seen.Keys.Where(name => !written.ContainsKey(name)));
        Assert.Equal([], seen.Where(pair => pair.Value.Length > 0 && written[pair.Key] != pair.Value).Select(pair => $"{pair.Key} by {pair.Value}"));
        foreach (var (name, label) in new[] { ("sessions", "state"), ("reconnects", "reason"), ("sessions.ended", "reason"), ("lane.depth", "lane"), ("reconcile.verdicts", "verdict"), ("writes.fenced", "kind") })
        {
            Assert.Equal(label, seen["jobserver." + name]);
        }

        void See(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => seen[instrument.Name] = tags.Length == 0 ? "" : tags[0].Key;
    }

    [Fact]
    public async Task Sessions_are_counted_by_state_and_reconnects_by_the_reason_of_the_last_end()
    {
        var states = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var reasons = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == CoordinatorMetrics.Meter.Name && instrument.Name is "jobserver.sessions" or "jobserver.reconnects")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, count, tags, _) => states.AddOrUpdate($"{tags[0].Value}", count, (_, before) => before + count));
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => reasons.Enqueue($"{tags[0].Value}"));
        listener.Start();
        var first = await ConnectAsync();
        await first.ByeAsync();
        await SessionEndsAsync(first.Id, first.Epoch);

        // Its journal has seen a later epoch than the database will give: it is in safe mode.
        await NewAgent().WelcomedAsync(hello => (hello.HistoryId, hello.LastEpochSeen) = (Coordinator.Get<ClusterRecord>().HistoryId, 9));
        var directory = Coordinator.Get<AgentDirectory>();
        await Eventually.HoldsAsync(() => Task.FromResult(directory.Live.Count == 1), "the session is registered");
        listener.RecordObservableInstruments();

        Assert.Contains("the agent said goodbye", reasons);
        Assert.Equal(["active", "drained", "draining", "paused", "safe_mode"], states.Keys.Order(StringComparer.Ordinal));
        Assert.True(states["safe_mode"] >= 1);
    }

    [Fact]
    public async Task Work_that_waits_beside_free_slots_is_counted_after_half_a_minute()
    {
        // Heavier than the agent: nobody will ever take it, and somebody should be told.
        await Site.Database.WriteAsync((db, _) =>
        {
            db.JobWeights.Add(new JobWeight { BackendId = Study.Backend.Id, ActionPattern = "*", Slots = 100 });
            return Task.FromResult(true);
        });
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(4);
        await agent.BeatAsync();
        var watch = Coordinator.Get<ServiceWatch>();

        await watch.RunOnceAsync(CancellationToken.None);
        Assert.Equal(0, watch.Starved);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Site.Clock.Advance(ServiceWatch.Patience / 2);
            await agent.BeatAsync();
        }

        await watch.RunOnceAsync(CancellationToken.None);
        Assert.Equal(1, watch.Starved);
    }

    private static IEnumerable<string> Quoted(string cell) => cell.Split('`').Where((_, index) => index % 2 == 1)
        .Select(name => name.StartsWith('.') ? "jobserver.db.write" + name : name);

    private static string DocumentPath([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "metrics.md");
}
