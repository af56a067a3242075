using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>An agent as its program runs it, in this process.</summary>
internal static class AgentProcess
{
    public static async Task<IHost> StartAsync(TestCoordinator coordinator, string state, params (string Name, string Value)[] more)
    {
        var host = Build(coordinator.Address, state, more);
        await host.StartAsync();
        return host;
    }

    public static IHost Build(Uri address, string state, params (string Name, string Value)[] more)
    {
        var builder = RunnerAgentHost.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agent:CoordinatorAddress"] = address.ToString(),
            ["Agent:Token"] = CoordinatorRows.Token,
            ["Agent:Backend"] = "test",
            ["Agent:StateDirectory"] = state,
            ["Agent:Limits:DiskFloor"] = "0",
            ["Agent:Limits:Memory"] = "536870912",
            ["Agent:Limits:StopGrace"] = "00:00:01",
            ["Agent:RetryWait"] = "00:00:00.05",
        });
        builder.Configuration.AddInMemoryCollection(more.ToDictionary(pair => pair.Name, pair => (string?)pair.Value));
        return builder.Build();
    }
}
