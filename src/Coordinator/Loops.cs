namespace JobServer.Coordinator;

/// <summary>The one shape of a background loop: wait for a signal or the interval, do one round, survive its errors.</summary>
internal static partial class Loops
{
    public static async Task RunAsync(
        string name, WakeSignal signal, TimeSpan interval, Func<CancellationToken, Task> round, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await signal.WaitAsync(interval, timeProvider, cancellationToken);
                await round(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(logger, exception, name, interval.TotalMilliseconds);
            }
        }
    }

    [LoggerMessage(1900, LogLevel.Error, "A round of the {Loop} loop failed; the next is in at most {Milliseconds} ms")]
    private static partial void LogFailed(ILogger logger, Exception exception, string loop, double milliseconds);
}
