using JobServer.RunnerAgent;

await RunnerAgentHost.CreateBuilder(args).Build().RunAsync();
