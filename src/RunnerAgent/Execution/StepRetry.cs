using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// Tries a step of an attempt again when what stood in its way may pass, and says so while it waits. Everything else fails at
/// once; an unreachable Coordinator is waited for below this and not counted.
/// </summary>
internal sealed class StepRetry(IOptions<AgentOptions> options, IAgentRandom random, TimeProvider time, ILogger<StepRetry> logger)
{
    public const int MostTries = 5;

    private static readonly TimeSpan Cap = TimeSpan.FromMinutes(2);

    /// <param name="what">Names the step at the beginning of a sentence: "Preparing the code".</param>
    /// <param name="say">Tells people why it takes longer.</param>
    /// <exception cref="AttemptFailedException">The last try failed too; the message has its cause.</exception>
    public async Task<T> RunAsync<T>(string what, Func<CancellationToken, Task<T>> step, Action<string> say, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            PassingCause cause;
            try
            {
                return await step(cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && PassingCause.Of(error) is { } passing)
            {
                logger.StepFailed(what, number, error);
                if (number == MostTries)
                    throw new AttemptFailedException(passing.Reason, $"{what} failed after {MostTries} tries, the last because {passing.Text}.", error);

                cause = passing;
            }

            say($"{what}: retry {number + 1} of {MostTries} because {cause.Text}");
            await Task.Delay(Wait(number), time, cancellationToken);
        }
    }

    /// <summary>Doubled each time; half of it is chance.</summary>
    private TimeSpan Wait(int number)
    {
        var ceiling = TimeSpan.FromSeconds(Math.Min(Cap.TotalSeconds, options.Value.RetryWait.TotalSeconds * Math.Pow(2, number - 1)));
        return (ceiling / 2) + (ceiling / 2 * random.NextDouble());
    }
}
