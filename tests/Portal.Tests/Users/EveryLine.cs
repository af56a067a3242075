using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JobServer.Portal.Tests.Users;

/// <summary>Keeps whatever is logged, down to the framework's smallest remarks.</summary>
internal sealed class EveryLine : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Lines.Enqueue($"scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var details = state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")) : "";
        Lines.Enqueue($"{formatter(state, exception)} {details} {exception}");
    }

    public void Dispose()
    {
    }
}
