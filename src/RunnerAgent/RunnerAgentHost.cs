using System.Globalization;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Logs;
using JobServer.RunnerAgent.Operation;
using JobServer.RunnerAgent.Telemetry;
using JobServer.RunnerAgent.Transfers;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent;

/// <summary>Composes the agent: as a program of its own, or inside another host.</summary>
public static class RunnerAgentHost
{
    private const string SettingsFile = "agent.json";
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(20);

    /// <summary>For the grace of what a drain stops, and the last acknowledgements.</summary>
    private static readonly TimeSpan DrainSlack = TimeSpan.FromMinutes(1);

    /// <summary>A host with the settings of <c>agent.json</c> beside the program, then environment, then arguments.</summary>
    public static HostApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { Args = args, DisableDefaults = true });
        builder.Configuration
            .AddJsonFile(Path.Join(AppContext.BaseDirectory, SettingsFile), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables("JOBSERVER_")
            .AddCommandLine(args);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true);
        builder.ConfigureContainer(new DefaultServiceProviderFactory(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit + DrainOnStop(builder.Configuration));
        builder.Services.AddRunnerAgent(builder.Configuration);
        return builder;
    }

    // Read as it is: what is wrong with it, the validation of the options says.
    private static TimeSpan DrainOnStop(IConfiguration configuration)
    {
        var agent = configuration.GetSection(AgentOptions.Section);
        return TimeSpan.TryParse(agent[nameof(AgentOptions.DrainOnStop)], CultureInfo.InvariantCulture, out var drain) && drain > TimeSpan.Zero
            ? drain + DrainSlack
            : TimeSpan.Zero;
    }

    /// <summary>
    /// Adds the agent to any host. A wrong setting of the section <c>Agent</c> stops the start by name.
    /// Stopping the host leaves running jobs alone.
    /// </summary>
    public static IServiceCollection AddRunnerAgent(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AgentOptions>()
            .Bind(configuration.GetSection(AgentOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsValidator>();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IAgentRandom, SystemAgentRandom>();
        services.AddSingleton<AgentWake>();
        services.AddSingleton<StateDirectory>();
        services.AddSingleton(provider => new AgentJournal(
            provider.GetRequiredService<StateDirectory>().Storage,
            provider.GetRequiredService<IAgentRandom>(),
            provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton<AgentInstance>();
        services.AddSingleton<LiveSession>();
        services.AddSingleton<CoordinatorChannels>();
        services.AddSingleton<ISessionLinks, GrpcLinks>();
        services.AddSingleton<AgentSession>();
        services.AddSingleton<AgentConnector>();

        services.AddSingleton<ITransfers, GrpcTransfers>();
        services.AddSingleton<TransferRetry>();
        services.AddSingleton<OutputUploader>();

        services.AddSingleton<LogLedger>();
        services.AddSingleton<ILogLinks, GrpcLogLinks>();
        services.AddSingleton<LogSender>();
        services.AddSingleton<SpoolRoom>();

        services.AddSingleton<SiteStore>();
        services.AddSingleton<SourceCache>();
        services.AddSingleton<WorkspaceBuilder>();

        services.AddExecutor();
        services.AddSingleton<OutputCollector>();
        services.AddSingleton<StepRetry>();
        services.AddSingleton<JobLog>();
        services.AddSingleton<IAttemptFiles, AttemptFiles>();
        services.AddSingleton<IAttemptWork, AttemptWork>();
        services.AddSingleton<AttemptTable>();
        services.AddSingleton<Doctor>();
        services.AddHostedService<AgentService>();
        services.AddHostedService<LogLagGauge>();
        return services;
    }
}
