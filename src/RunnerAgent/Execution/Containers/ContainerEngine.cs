using System.Net;
using System.Net.Sockets;
using Docker.DotNet;
using Docker.DotNet.Models;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>The engine's calls, each with a deadline. What may pass is an <see cref="EngineUnavailableException"/>.</summary>
internal sealed class ContainerEngine : IDisposable
{
    private const string AttemptLabel = "jobserver.attempt";
    private const string AgentLabel = "jobserver.agent";

    private readonly DockerOptions _options;
    private readonly string _agent;
    private readonly DockerClient _client;
    private readonly TimeProvider _time;

    public ContainerEngine(IOptions<AgentOptions> options, TimeProvider time)
    {
        _options = options.Value.Docker;
        _agent = ContainerNames.OfAgent(options.Value);
        _time = time;
        _client = new DockerClientBuilder().WithEndpoint(_options.Endpoint).WithTimeout(Timeout.InfiniteTimeSpan).Build();
    }

    public Task<SystemInfoResponse> InfoAsync(CancellationToken cancellationToken) => CallAsync(_client.System.GetSystemInfoAsync, cancellationToken);

    /// <summary>All containers of this agent, whatever their state.</summary>
    public Task<IList<ContainerListResponse>> ListAsync(CancellationToken cancellationToken) => CallAsync(
        token => _client.Containers.ListContainersAsync(
            new ContainersListParameters
            {
                All = true,
                Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [$"{AgentLabel}={_agent}"] = true } },
            },
            token),
        cancellationToken);

    /// <summary>The name of the attempt's directory.</summary>
    public static string? AttemptOf(ContainerListResponse container) => container.Labels.TryGetValue(AttemptLabel, out var attempt) ? attempt : null;

    public Task<string> CreateAsync(string attempt, CreateContainerParameters container, CancellationToken cancellationToken)
    {
        container.Name = $"jobserver-{_agent}-{attempt}";
        container.Labels = new Dictionary<string, string> { [AgentLabel] = _agent, [AttemptLabel] = attempt };
        return CallAsync(async token => (await _client.Containers.CreateContainerAsync(container, token)).ID, cancellationToken);
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(token => _client.Containers.StartContainerAsync(id, new ContainerStartParameters(), token), cancellationToken);

    public Task<ContainerInspectResponse> InspectAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(token => _client.Containers.InspectContainerAsync(id, token), cancellationToken);

    public async Task KillAsync(string id, string signal, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(token => DoneAsync(_client.Containers.KillContainerAsync(id, new ContainerKillParameters { Signal = signal }, token)), cancellationToken);
        }
        catch (DockerApiException error) when (error.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It has ended.
        }
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var how = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
            await CallAsync(token => DoneAsync(_client.Containers.RemoveContainerAsync(id, how, token)), cancellationToken);
        }
        catch (DockerApiException error) when (error.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It is gone, or going.
        }
    }

    /// <summary>What the container printed from its beginning.</summary>
    /// <param name="id">The container's.</param>
    /// <param name="follow">And what it still prints, to its end.</param>
    /// <param name="cancellationToken">Ends the reading too.</param>
    public Task<MultiplexedStream> LogsAsync(string id, bool follow, CancellationToken cancellationToken) => CallAsync(
        _ => _client.Containers.GetContainerLogsAsync(id, new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Follow = follow }, cancellationToken),
        cancellationToken);

    /// <returns>Null when the engine does not have it.</returns>
    public async Task<ImageInspectResponse?> FindImageAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(token => _client.Images.InspectImageAsync(reference, token), cancellationToken);
        }
        catch (DockerApiException error) when (error.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Brings an image from its registry. Takes as long as it takes.</summary>
    public async Task PullAsync(string repository, string tag, IProgress<JSONMessage> progress, CancellationToken cancellationToken)
    {
        try
        {
            await _client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = repository, Tag = tag }, null, progress, cancellationToken);
        }
        catch (Exception error) when (IsPassing(error, cancellationToken))
        {
            throw Unavailable(error);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (Exception error) when (IsPassing(error, cancellationToken))
        {
            throw Unavailable(error);
        }
    }

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    private static bool IsPassing(Exception error, CancellationToken cancellationToken) => error switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        HttpRequestException or SocketException or IOException or TimeoutException => true,
        DockerApiException { StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };

    private EngineUnavailableException Unavailable(Exception error) => new(
        error is OperationCanceledException
            ? $"The container engine at {_options.Endpoint} did not answer within {_options.Patience.TotalSeconds:0} s."
            : $"The container engine at {_options.Endpoint} cannot be reached: {error.GetBaseException().Message}",
        error);
}
