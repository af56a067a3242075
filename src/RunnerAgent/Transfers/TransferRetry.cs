using JobServer.RunnerAgent.Connection;

namespace JobServer.RunnerAgent.Transfers;

/// <summary>
/// Repeats a call until the Coordinator can be reached: an unreachable Coordinator never fails a job. What a reachable one
/// could not do goes to the caller.
/// </summary>
internal sealed class TransferRetry(LiveSession session, IAgentRandom random, TimeProvider time)
{
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(random);
        while (true)
        {
            await session.WaitAsync(cancellationToken);
            try
            {
                return await call(cancellationToken);
            }
            catch (TransferUnavailableException error) when (!error.Answered)
            {
                await Task.Delay(backOff.Next(), time, cancellationToken);
            }
        }
    }
}
