using JobServer.Simulation.Tests.Cluster.Engine;
using Microsoft.Extensions.Logging;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>
/// What programs log, in a trace that somebody reads. One instance for all runs: the database layer keeps its services by it.
/// </summary>
internal sealed class SimLogs : ILoggerFactory
{
    public static readonly SimLogs Instance = new();

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => new SimLogger(categoryName.StartsWith("JobServer", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class SimLogger(bool isOurs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isOurs && Simulator.Running is { Simulator.Trace.IsKept: true };

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && Simulator.Running is { } process)
            {
                var what = $"{formatter(state, exception)}{(exception is null ? "" : $" ({exception})")}";
                process.Simulator.Trace.Note(process.Simulator.Now, process.Name, what);
            }
        }
    }
}
