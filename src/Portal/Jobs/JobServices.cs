using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Portal.Backends;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Coordination;
using JobServer.Portal.Logs;
using JobServer.Portal.Pages.Runs;
using JobServer.Portal.Studies;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Jobs;

internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptions<PipelineOptions>().BindConfiguration(PipelineOptions.Section)
            .Validate(options => Enum.IsDefined(options.Dialect), "Portal:Pipelines:Dialect must be Medicia or OpenSafely.")
            .ValidateOnStart();
        services.AddOptions<ReusableActionOptions>().BindConfiguration(ReusableActionOptions.Section)
            .Validate(
                options => !options.Enabled || (Uri.TryCreate(options.BaseAddress, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"),
                "Portal:ReusableActions:BaseAddress must be a web address such as https://github.com/owner.")
            .Validate(
                options => !options.Enabled || RepositoryNames.IsBranch(options.MainBranch),
                "Portal:ReusableActions:MainBranch must be the name of a branch.")
            .ValidateOnStart();
        services.AddSingleton<ReusableActions>();
        services.AddSingleton<ProjectFiles>();
        services.AddSingleton<SourceSnapshots>();
        services.AddSingleton<SubmissionKeys>();

        // Its parts are internal, which only a constructor that is internal too can take.
        services.AddSingleton(provider => new JobSubmitter(
            provider.GetRequiredService<IDbContextFactory<JobServerDb>>(),
            provider.GetRequiredService<ProjectFiles>(),
            provider.GetRequiredService<SourceSnapshots>(),
            provider.GetRequiredService<ReusableActions>(),
            provider.GetRequiredService<JobSubmissions>(),
            provider.GetRequiredService<CoordinatorNotices>()));
        services.AddSingleton<LiveRuns>();
        services.AddSingleton<LiveLog>();
        services.AddSingleton<BackendWatch>();
        services.AddSingleton<LiveLogs>();
        services.AddSingleton<FailedJobs>();
        return services;
    }
}
