using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Authentication;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Gateway;
using JobServer.Coordinator.Leases;
using JobServer.Coordinator.Logs;
using JobServer.Coordinator.Notifications;
using JobServer.Coordinator.Reports;
using JobServer.Coordinator.Retention;
using JobServer.Coordinator.Telemetry;
using JobServer.Coordinator.Transfers;
using JobServer.Data;
using JobServer.Data.Sqlite;
using JobServer.Data.SqlServer;
using JobServer.ServiceDefaults;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace JobServer.Coordinator;

/// <summary>The Coordinator as a library, so that it runs alone or in one process with the other hosts.</summary>
public static class CoordinatorHost
{
    /// <param name="configure">What a composing program adds: settings that win over files and environment, its own lifetime.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(CoordinatorHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });

        // First, so that environment and arguments win over the file.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "coordinator.json",
            Optional = true,
        });
        configure?.Invoke(builder);
        builder.AddCoordinator();
        var app = builder.Build();
        app.MapCoordinator();
        return app;
    }

    public static void AddCoordinator(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("jobserver-coordinator");
        builder.Services.AddJobServerData(builder.Configuration, new SqliteProvider(), new SqlServerProvider());
        builder.Services.AddOptions<CoordinatorOptions>().Bind(builder.Configuration.GetSection(CoordinatorOptions.Section))
            .ValidateDataAnnotations()
            .Validate(options => options.HasSoundTiming, "Coordinator: Heartbeat < Silence < Lease must hold, Margin < Lease, Lease at most 24 hours, and Heartbeat and AssignmentAnswer above zero.")
            .Validate(options => options.HasSoundRetention, "Coordinator: LogRetention is zero, which keeps logs, or at least two days (2.00:00:00); UploadGrace is not below zero, and HoldUnknown above it.")
            .ValidateOnStart();
        builder.AddListener();
        builder.Services.AddCoordinatorAuthentication();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = Listening.MaxMessageSize)
            .AddServiceOptions<TransfersService>(options => options.MaxReceiveMessageSize = Listening.MaxManifestSize);

        // Started in this order, stopped in the reverse.
        builder.Services.AddHostedService<Startup>();
        builder.Services.AddAgents();
        builder.Services.AddReports();
        builder.Services.AddDispatch();
        builder.Services.AddLeases();
        builder.Services.AddTransfers();
        builder.Services.AddLogs();
        builder.Services.AddRetention();
        builder.Services.AddGateway();
        builder.Services.AddTelemetry();
        builder.Services.AddNotifications(builder.Configuration);
    }

    public static void MapCoordinator(this WebApplication app)
    {
        app.UseMiddleware<StoppingRequests>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGrpcService<AgentsService>();
        app.MapGrpcService<TransfersService>();
        app.MapGrpcService<PortalGatewayService>();
        app.MapHealthChecks("/health/live").AllowAnonymous();
    }
}
