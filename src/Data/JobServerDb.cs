using JobServer.Data.Modelling;
using JobServer.Domain.Agents;
using JobServer.Domain.Applications;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using JobServer.Domain.Organisations;
using JobServer.Domain.Projects;
using JobServer.Domain.Redirects;
using JobServer.Domain.Releases;
using JobServer.Domain.Releases.Publications;
using JobServer.Domain.Releases.Requests;
using JobServer.Domain.Site;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data;

/// <summary>The one database that Portal and Coordinator meet in. Change rows through the guarded writes beside each noun.</summary>
public sealed class JobServerDb(DbContextOptions<JobServerDb> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<User> Users => Set<User>();

    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();

    public DbSet<StoredToken> StoredTokens => Set<StoredToken>();

    public DbSet<Application> Applications => Set<Application>();

    public DbSet<ApplicationPage> ApplicationPages => Set<ApplicationPage>();

    public DbSet<ApplicationResearcher> ApplicationResearchers => Set<ApplicationResearcher>();

    public DbSet<Redirect> Redirects => Set<Redirect>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<OrganisationMembership> OrganisationMemberships => Set<OrganisationMembership>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectMembership> ProjectMemberships => Set<ProjectMembership>();

    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<Backend> Backends => Set<Backend>();

    public DbSet<BackendToken> BackendTokens => Set<BackendToken>();

    public DbSet<BackendMembership> BackendMemberships => Set<BackendMembership>();

    public DbSet<JobWeight> JobWeights => Set<JobWeight>();

    public DbSet<Agent> Agents => Set<Agent>();

    public DbSet<AgentSession> AgentSessions => Set<AgentSession>();

    public DbSet<CoordinatorInstance> CoordinatorInstances => Set<CoordinatorInstance>();

    public DbSet<ClusterState> ClusterStates => Set<ClusterState>();

    public DbSet<JobRequest> JobRequests => Set<JobRequest>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobNeed> JobNeeds => Set<JobNeed>();

    public DbSet<JobEvent> JobEvents => Set<JobEvent>();

    public DbSet<JobLog> JobLogs => Set<JobLog>();

    public DbSet<JobLogGap> JobLogGaps => Set<JobLogGap>();

    public DbSet<OutputFile> OutputFiles => Set<OutputFile>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<ReleaseFile> ReleaseFiles => Set<ReleaseFile>();

    public DbSet<ReleaseRequest> ReleaseRequests => Set<ReleaseRequest>();

    public DbSet<ReleaseRequestFile> ReleaseRequestFiles => Set<ReleaseRequestFile>();

    public DbSet<ReleaseVote> ReleaseVotes => Set<ReleaseVote>();

    public DbSet<ReleaseComment> ReleaseComments => Set<ReleaseComment>();

    public DbSet<Publication> Publications => Set<Publication>();

    public DbSet<PublicationFile> PublicationFiles => Set<PublicationFile>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    public DbSet<SiteState> SiteStates => Set<SiteState>();

    public DbSet<SiteAlert> SiteAlerts => Set<SiteAlert>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>For the key ring of Data Protection, which knows no other; everything of ours is asynchronous.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Revisions.Raise(ChangeTracker);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Revisions.Raise(ChangeTracker);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(JobServerDb).Assembly);
        ModelConventions.Apply(modelBuilder, Database.ProviderName ?? "");
    }
}
