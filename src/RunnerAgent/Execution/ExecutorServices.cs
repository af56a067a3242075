using JobServer.RunnerAgent.Execution.Containers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution;

/// <summary>The executor that the settings choose: what an image means, and what confines it.</summary>
internal static class ExecutorServices
{
    public static void AddExecutor(this IServiceCollection services)
    {
        services.AddSingleton<ContainerEngine>();
        services.AddSingleton<DockerImages>();
        services.AddSingleton<DockerSandbox>();
        services.AddSingleton<ImageCatalogue>();
        services.AddSingleton<BubblewrapSandbox>();
        services.TryAddSingleton<IImages>(Choose<ImageCatalogue, DockerImages, IImages>);
        services.TryAddSingleton<ISandbox>(Choose<BubblewrapSandbox, DockerSandbox, ISandbox>);
    }

    private static T Choose<TBubblewrap, TDocker, T>(IServiceProvider provider)
        where TBubblewrap : T
        where TDocker : T
        where T : notnull => provider.GetRequiredService<IOptions<AgentOptions>>().Value.Executor switch
        {
            ExecutorKind.Bubblewrap => provider.GetRequiredService<TBubblewrap>(),
            ExecutorKind.Docker => provider.GetRequiredService<TDocker>(),
        };
}
