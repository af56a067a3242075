using JobServer.RunnerAgent;
using JobServer.RunnerAgent.Operation;

if (args is [DoctorCommand.Name, .. var settings])
{
    using var doctor = RunnerAgentHost.CreateBuilder(settings).Build();
    return await DoctorCommand.RunAsync(doctor.Services, Console.Out, CancellationToken.None);
}

await RunnerAgentHost.CreateBuilder(args).Build().RunAsync();
return 0;
