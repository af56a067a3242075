using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Operation;

/// <summary><c>RunnerAgent doctor</c>: one line for each thing looked at, and what to do where something is wrong.</summary>
internal static class DoctorCommand
{
    public const string Name = "doctor";

    /// <summary>As of the exit status: all is well, or something is not.</summary>
    private const int Well = 0;
    private const int Ill = 1;

    public static async Task<int> RunAsync(IServiceProvider services, TextWriter console, CancellationToken cancellationToken)
    {
        try
        {
            _ = services.GetRequiredService<IOptions<AgentOptions>>().Value;
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var problem in wrong.Failures)
            {
                await WriteAsync(console, new Finding("settings", problem, "Correct it in agent.json or in the environment (JOBSERVER_Agent__…)."));
            }

            return Ill;
        }

        await WriteAsync(console, Finding.Well("settings", "nothing is missing and nothing is wrong"));
        var isWell = true;
        await foreach (var finding in services.GetRequiredService<Doctor>().LookAsync(cancellationToken))
        {
            await WriteAsync(console, finding);
            isWell &= finding.IsWell;
        }

        await console.WriteLineAsync(isWell ? "All is well." : "Something is to be mended.");
        return isWell ? Well : Ill;
    }

    private static async Task WriteAsync(TextWriter console, Finding finding)
    {
        await console.WriteLineAsync($"{(finding.IsWell ? "ok  " : "FAIL")}  {finding.What,-11}  {finding.Said}");
        if (finding.Fix is { } fix)
        {
            await console.WriteLineAsync($"                   → {fix}");
        }
    }
}
