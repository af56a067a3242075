using JobServer.Data.Agents;
using JobServer.Data.Applications;
using JobServer.Data.Audit;
using JobServer.Data.Backends;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Data.Logs;
using JobServer.Data.Notifications;
using JobServer.Data.Organisations;
using JobServer.Data.Projects;
using JobServer.Data.Redirects;
using JobServer.Data.Releases.Publications;
using JobServer.Data.Releases.Requests;
using JobServer.Data.Site;
using JobServer.Data.Users;
using JobServer.Data.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobServer.Data;

public static class DataServices
{
    /// <summary>Registers the database, the writes and queries of every noun, and the blob store.</summary>
    /// <param name="providers">All providers of this program; <c>Database:Provider</c> picks one.</param>
    public static IServiceCollection AddJobServerData(this IServiceCollection services, IConfiguration configuration, params IDatabaseProvider[] providers)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => providers.Any(provider => provider.Name == options.Provider),
                $"Database:Provider must be one of {string.Join(", ", providers.Select(provider => provider.Name))}.")
            .ValidateOnStart();
        services.AddOptions<BlobStoreOptions>().Bind(configuration.GetSection(BlobStoreOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LogStoreOptions>().Bind(configuration.GetSection(LogStoreOptions.Section));
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton(services => providers.First(provider => provider.Name == Options(services).Provider));
        services.AddPooledDbContextFactory<JobServerDb>((services, builder) =>
            services.GetRequiredService<IDatabaseProvider>().Configure(builder, Options(services).ConnectionString));
        services.AddScoped(services => services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContext());
        services.AddSingleton(services => services.GetRequiredService<IDatabaseProvider>().CreateWriteGate(Options(services).ConnectionString));
        services.AddSingleton(services => services.GetRequiredService<IDatabaseProvider>().CreateClock(
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IDbContextFactory<JobServerDb>>()));
        services.AddSingleton<DatabaseWriter>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<IBlobStore, DirectoryBlobStore>();
        services.AddSingleton<ILogStore, DirectoryLogStore>();
        services.AddSingleton<AuditLog>();

        services.AddSingleton<JobClaims>();
        services.AddSingleton<JobReports>();
        services.AddSingleton<JobCancellations>();
        services.AddSingleton<JobLeases>();
        services.AddSingleton<JobSubmissions>();
        services.AddSingleton<AgentSessions>();
        services.AddSingleton<ModeChanges>();
        services.AddSingleton<AgentSights>();
        services.AddSingleton<OutputCommits>();
        services.AddSingleton<AbandonedUploads>();
        services.AddSingleton<JobLogs>();
        services.AddSingleton<OldLogs>();
        services.AddSingleton<ProjectWrites>();
        services.AddSingleton<ProjectCreation>();
        services.AddSingleton<MemberWrites>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<BackendNotices>();
        services.AddSingleton<TokenNotices>();
        services.AddSingleton<ApplicationWrites>();
        services.AddSingleton<ApplicationAnswerWrites>();
        services.AddSingleton<ApplicationReviews>();
        services.AddSingleton<ApplicationApprovals>();
        services.AddSingleton<BackendWrites>();
        services.AddSingleton<BackendTokenWrites>();
        services.AddSingleton<JobWeightWrites>();
        services.AddSingleton<Belonging>();
        services.AddSingleton<BackendMemberWrites>();
        services.AddSingleton<OrganisationWrites>();
        services.AddSingleton<OrganisationMemberWrites>();
        services.AddSingleton<UserWrites>();
        services.AddSingleton<UserBelonging>();
        services.AddSingleton<Deactivations>();
        services.AddSingleton<HostStandings>();
        services.AddSingleton<ReleaseRequestWrites>();
        services.AddSingleton<ReviewWrites>();
        services.AddSingleton<CommentWrites>();
        services.AddSingleton<PublicationWrites>();
        services.AddSingleton<RedirectWrites>();
        services.AddSingleton<SiteSetUp>();
        services.AddSingleton<RunSwitch>();
        services.AddSingleton<SiteAlertWrites>();
        return services;
    }

    private static DatabaseOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
}
