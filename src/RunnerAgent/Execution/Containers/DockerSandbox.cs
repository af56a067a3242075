using System.Collections.Concurrent;
using System.Globalization;
using Docker.DotNet;
using JobServer.Contracts.V1;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>
/// Confinement by containers. A container belongs to the engine and not to this process: it is found again by its labels, its
/// log is read on from where the file ends, and how it ended is written beside it before it is removed.
/// </summary>
internal sealed class DockerSandbox : ISandbox, IDisposable
{
    /// <summary>As a shell says that there is no such program, or that it may not be run.</summary>
    private const int NoProgram = 127;

    private static readonly string[] MissingProgram = ["executable file not found", "no such file or directory", "permission denied", "exec format error"];

    private readonly AgentOptions _options;
    private readonly ContainerEngine _engine;
    private readonly ContainerLog _logs;
    private readonly ContainerView _view;
    private readonly SandboxUsers _users;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, bool> _starting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _following = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _ending = new(StringComparer.Ordinal);
    private int _isDisposed;

    public DockerSandbox(IOptions<AgentOptions> options, ContainerEngine engine, TimeProvider time, ILogger<DockerSandbox> logger)
    {
        _options = options.Value;
        _engine = engine;
        _logs = new ContainerLog(engine);
        _view = new ContainerView(engine, time, logger);
        _users = new SandboxUsers(options.Value.Sandbox.BaseUserId);
        _logger = logger;
        _time = time;
    }

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var info = await _engine.InfoAsync(cancellationToken);
            await _view.RefreshAsync(cancellationToken);
            await RemoveLeftoversAsync(cancellationToken);
            return info switch
            {
                { OSType: not "linux" } => "The container engine does not run Linux containers.",
                _ when !info.SecurityOptions.Any(option => option.Contains("seccomp", StringComparison.Ordinal)) =>
                    "The container engine filters no system calls. Run an engine with seccomp.",
                { MemoryLimit: false } or { PidsLimit: false } => "The container engine cannot limit memory or processes. Give it the control groups memory and pids.",
                _ => null,
            };
        }
        catch (EngineUnavailableException error)
        {
            return $"{error.Message} Start it, or set Agent:Docker:Endpoint to its socket, which the agent's user must be allowed to use.";
        }
    }

    public void Hand(AttemptDirectory directory) => _users.Hand(directory);

    public async Task StartAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        var directory = request.Directory;
        var attempt = NameOf(directory);
        Directory.CreateDirectory(directory.Run);
        await File.WriteAllTextAsync(directory.ImageFile, request.Image.Identity, cancellationToken);
        _starting[attempt] = true;
        try
        {
            // A try before this one may have got as far as the container.
            await _view.RefreshAsync(cancellationToken);
            if (_view.Find(attempt) is { } former)
                await _engine.RemoveAsync(former.ID, cancellationToken);

            var id = await _engine.CreateAsync(attempt, ContainerRecipe.Of(request, UserOf(directory)), cancellationToken);

            // Whoever makes this directory decides: an attempt that was given up never starts.
            if (!Posix.MakeDirectory(directory.Claim))
            {
                await _engine.RemoveAsync(id, CancellationToken.None);
                return;
            }

            await RunAsync(id, directory);
        }
        finally
        {
            _starting.TryRemove(attempt, out _);
        }
    }

    public SandboxProbe Probe(AttemptDirectory directory)
    {
        if (ContainerExit.Read(directory) is { } exit)
            return new SandboxProbe(ProcessState.Ended, exit);
        if (!Directory.Exists(directory.Claim))
            return new SandboxProbe(ProcessState.NotStarted);

        // In this order: a start that has ended since has left a view with its container.
        var attempt = NameOf(directory);
        if (_starting.ContainsKey(attempt))
            return new SandboxProbe(ProcessState.Alive);

        var container = _view.Find(attempt);
        if (container is null && !_view.IsKnown)
            return new SandboxProbe(ProcessState.Alive);

        switch (container?.State)
        {
            case null or "created":
                // One that was never started never will be: an agent before this one ended between the two.
                return ContainerExit.Read(directory) is { } late ? new SandboxProbe(ProcessState.Ended, late) : new SandboxProbe(ProcessState.Lost);
            case "exited" or "dead":
                _ = _ending.GetOrAdd(attempt, _ => EndAsync(attempt, container.ID, directory));
                break;
            default:
                _ = Follow(attempt, container.ID, directory);
                break;
        }

        return new SandboxProbe(ProcessState.Alive, StartedAt: new DateTimeOffset(container.Created.ToUniversalTime(), TimeSpan.Zero));
    }

    public bool GiveUp(AttemptDirectory directory)
    {
        Directory.CreateDirectory(directory.Run);
        return !_starting.ContainsKey(NameOf(directory)) && Posix.MakeDirectory(directory.Claim);
    }

    public bool Stop(AttemptDirectory directory, bool force)
    {
        if (_view.Find(NameOf(directory)) is not { State: "running" or "paused" } container)
            return false;

        _ = KillAsync(directory, container.ID, force ? "SIGKILL" : "SIGTERM");
        return true;
    }

    public void Dispose()
    {
        // Known to the container of services under two names, and so told twice.
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private static string NameOf(AttemptDirectory directory) => Path.GetFileName(directory.Root);

    private int UserOf(AttemptDirectory directory) => Posix.IsRoot ? _users.Take(directory) : Posix.UserId;

    private async Task RunAsync(string id, AttemptDirectory directory)
    {
        try
        {
            await _engine.StartAsync(id, CancellationToken.None);
        }
        catch (DockerApiException error)
        {
            // A program that is not in the image is the study's fault; anything else that keeps a container from starting is not.
            var isMissing = MissingProgram.Any(words => error.Message.Contains(words, StringComparison.Ordinal));
            _logger.ProgramNotStarted(directory.Root, error.Message);
            await File.WriteAllTextAsync(directory.Log, $"The program could not be started: {error.ResponseBody}\n", CancellationToken.None);
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            ContainerExit.Write(directory, new SandboxExit { Code = NoProgram, ProgramRan = isMissing, StartedUnixMs = now, EndedUnixMs = now });
            await _engine.RemoveAsync(id, CancellationToken.None);
            return;
        }
        catch (EngineUnavailableException error)
        {
            // Whether it runs is found out when the engine answers again.
            _logger.EngineUnreachable(error.Message);
        }

        try
        {
            await _view.RefreshAsync(CancellationToken.None);
        }
        catch (EngineUnavailableException)
        {
            // Until then nothing is known, and nothing is taken for lost.
        }
    }

    private Task Follow(string attempt, string id, AttemptDirectory directory) => _following.GetOrAdd(attempt, _ => FollowAsync(attempt, id, directory));

    private async Task FollowAsync(string attempt, string id, AttemptDirectory directory)
    {
        await Task.Yield();
        try
        {
            await _logs.FollowAsync(id, directory, _options.LogSize, _stopping.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _logger.LogNotFollowed(directory.Root, error.Message);
        }
        finally
        {
            // An engine that stops lets go of its followers too: the next look follows again, from where the file ends.
            _following.TryRemove(attempt, out _);
        }
    }

    private async Task EndAsync(string attempt, string id, AttemptDirectory directory)
    {
        await Task.Yield();
        try
        {
            if (_following.TryGetValue(attempt, out var following))
                await following;

            await _logs.FinishAsync(id, directory, _options.LogSize, _stopping.Token);
            if ((await _engine.InspectAsync(id, _stopping.Token)).State is not { } ended)
                return;

            ContainerExit.Write(directory, new SandboxExit
            {
                Code = (int)ended.ExitCode,
                OutOfMemory = ended.OOMKilled,
                StartedUnixMs = UnixMs(ended.StartedAt),
                EndedUnixMs = UnixMs(ended.FinishedAt),
            });
            await _engine.RemoveAsync(id, _stopping.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _logger.EndNotKept(directory.Root, error.Message);
        }
        finally
        {
            // What was not kept now is tried again at the next look.
            _ending.TryRemove(attempt, out _);
        }
    }

    private async Task KillAsync(AttemptDirectory directory, string id, string signal)
    {
        try
        {
            await _engine.KillAsync(id, signal, _stopping.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _logger.NotKilled(directory.Root, signal, error.Message);
        }
    }

    /// <summary>Containers of attempts that this agent knows nothing of any more: a killed start, a removed directory.</summary>
    private async Task RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        foreach (var container in await _engine.ListAsync(cancellationToken))
        {
            var directory = Path.Join(Path.GetFullPath(_options.StateDirectory), "attempts", Path.GetFileName(ContainerEngine.AttemptOf(container) ?? ""));
            if (!Directory.Exists(directory))
            {
                _logger.LeftoverRemoved(container.ID);
                await _engine.RemoveAsync(container.ID, cancellationToken);
            }
        }
    }

    private static long UnixMs(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year > 1 ? at.ToUnixTimeMilliseconds() : 0;
}
