using System.Diagnostics.Metrics;
using JobServer.Contracts.V1;
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
}
