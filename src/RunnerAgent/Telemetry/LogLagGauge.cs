using System.Diagnostics.Metrics;
using JobServer.RunnerAgent.Logs;

namespace JobServer.RunnerAgent.Telemetry;

/// <summary>How many bytes of logs wait to be committed by a Coordinator, also while none can be reached.</summary>
internal sealed class LogLagGauge(LogLedger ledger) : IHostedService, IDisposable
{
    private readonly Meter _meter = new("JobServer.RunnerAgent");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge("jobserver.logs.lag", ledger.Lag, "By", "Bytes of job logs that are not committed yet.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
