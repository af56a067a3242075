using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Execution.Containers;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Operation;

/// <summary>
/// Looks at all that an agent needs, beside one that runs or before the first start. It starts nothing that stays, takes no lock,
/// and opens no session, so that a running agent notices nothing of it.
/// </summary>
internal sealed class Doctor(
    IOptions<AgentOptions> options, CoordinatorChannels channels, ISandbox sandbox, IImages images, TimeProvider time)
{
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TestPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>All findings, in the order in which they are best mended.</summary>
    public async IAsyncEnumerable<Finding> LookAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var directories = Directories();
        yield return directories;
        if (directories.IsWell)
        {
            yield return Disk();
            yield return Journal();
        }

        foreach (var finding in await LinkAsync(cancellationToken))
        {
            yield return finding;
        }

        if (!directories.IsWell)
        {
            yield break;
        }

        var problem = await sandbox.CheckAsync(cancellationToken);
        yield return problem is null
            ? Finding.Well("executor", $"{options.Value.Executor} works on this machine")
            : new Finding("executor", problem, "Do what it says, then run the doctor again; nothing can run before.");
        if (problem is not null)
        {
            yield break;
        }

        var (runnable, ready) = await ImagesAsync(cancellationToken);
        yield return runnable;
        yield return await SelfTestAsync(ready, cancellationToken);
    }

    private Finding Directories()
    {
        foreach (var (setting, path) in new[] { ("Agent:StateDirectory", options.Value.StateDirectory), ("Agent:SiteDirectory", options.Value.EffectiveSiteDirectory) })
        {
            try
            {
                var folder = Directory.CreateDirectory(Path.GetFullPath(path)).FullName;
                var probe = Path.Join(folder, $"doctor-{Environment.ProcessId}");
                File.WriteAllText(probe, "");
                File.Delete(probe);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return new Finding("directories", $"{path} cannot be written: {error.Message}", $"Make it a directory of the agent's user, or set {setting} to one.");
            }
        }

        return Finding.Well("directories", $"{options.Value.StateDirectory} and {options.Value.EffectiveSiteDirectory} can be written");
    }

    private Finding Disk()
    {
        var (free, floor) = (DiskSpace.Free(options.Value.StateDirectory), options.Value.Limits.DiskFloor);
        var said = $"{free / 1e9:0.0} GB are free, {floor / 1e9:0.0} GB are kept free (Agent:Limits:DiskFloor)";
        return free > floor
            ? Finding.Well("disk", said)
            : new Finding("disk", said, "Make room, or lower Agent:Limits:DiskFloor: below it the agent takes no job.");
    }

    private Finding Journal()
    {
        var path = Path.Join(Path.GetFullPath(options.Value.StateDirectory), "journal");
        try
        {
            if (!File.Exists(path))
            {
                return Finding.Well("journal", "none yet: the first start makes it");
            }

            // A running agent may be writing its last record.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            var records = JournalCodec.Decode(content.ToArray(), out _);
            return Finding.Well("journal", $"{records.Count} records, whole");
        }
        catch (JournalDamagedException damaged)
        {
            return new Finding("journal", damaged.Message, "Stop the agent, move the state directory aside, and start with an empty one.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Finding("journal", $"{path} cannot be read: {error.Message}", "Run the doctor as the agent's user.");
        }
    }

    /// <summary>One call whose answer tells of the way there, the token and the clock.</summary>
    private async Task<IReadOnlyList<Finding>> LinkAsync(CancellationToken cancellationToken)
    {
        var address = options.Value.CoordinatorAddress!;
        try
        {
            var client = new Contracts.V1.Transfers.TransfersClient(channels.Data);
            var deadline = time.GetUtcNow().Add(LinkPatience).UtcDateTime;
            using var call = client.QueryUploadAsync(new QueryUploadRequest(), channels.Metadata, deadline, cancellationToken);
            await call.ResponseAsync;
            return [Finding.Well("link", $"{address} answers"), Finding.Well("token", "it is known"), Clock(await call.ResponseHeadersAsync)];
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal)
        {
            return
            [
                new Finding(
                    "link", $"{address} cannot be reached: {error.Status.Detail}",
                    "Compare Agent:CoordinatorAddress with the address that the service's people gave you; see that the firewall lets HTTP/2 out to it and that the certificate's authority is trusted here."),
            ];
        }
        catch (RpcException error)
        {
            // Refused for want of an upload, which there is none: the token was known.
            var token = error.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied
                ? new Finding("token", "the Coordinator does not know it, or it has expired", "Ask the service's people for a new token of this backend and set Agent:Token.")
                : Finding.Well("token", "it is known");
            return [Finding.Well("link", $"{address} answers"), token, Clock(error.Trailers)];
        }
    }

    private Finding Clock(Metadata headers)
    {
        if (!DateTimeOffset.TryParse(headers.GetValue("date"), System.Globalization.CultureInfo.InvariantCulture, out var theirs))
        {
            return Finding.Well("clock", "the Coordinator does not tell its own");
        }

        var skew = time.GetUtcNow() - theirs;
        return skew.Duration() <= MostSkew
            ? Finding.Well("clock", "it goes with the Coordinator's")
            : new Finding(
                "clock", $"it is {skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} the Coordinator's",
                "Set it by NTP (on Debian: systemd-timesyncd). Leases do not depend on it, but times of jobs and certificates do.");
    }

    private async Task<(Finding Finding, ReadyImage? Ready)> ImagesAsync(CancellationToken cancellationToken)
    {
        var configured = options.Value.Images.Count > 0
            ? options.Value.Images.Select(image => (image.Key, Version: image.Value.Versions.FirstOrDefault() ?? "latest")).ToList()
            : [(Key: "python", Version: "latest"), (Key: "sh", Version: "latest")];
        var (problems, ready) = (new List<string>(), (ReadyImage?)null);
        foreach (var (name, version) in configured)
        {
            try
            {
                var image = await images.PrepareAsync(name, version, _ => { }, cancellationToken);
                ready ??= image;
            }
            catch (Exception error) when (error is AttemptFailedException or EngineUnavailableException)
            {
                problems.Add(error.Message);
            }
        }

        return problems.Count == 0
            ? (Finding.Well("images", $"{string.Join(", ", configured.Select(image => $"{image.Key}:{image.Version}"))} can be run"), ready)
            : (new Finding("images", string.Join(" ", problems), "Install what is missing, bring the image to the engine, or take it out of Agent:Images."), ready);
    }

    /// <summary>A program in a sandbox: from its start to its exit, as a job is run.</summary>
    private async Task<Finding> SelfTestAsync(ReadyImage? image, CancellationToken cancellationToken)
    {
        const string Mend = "Look into the agent's log and into the directory named above; without a sandbox nothing runs.";
        if (image is null)
        {
            return new Finding("self-test", "there is no image to try a sandbox with", "Mend the images first.");
        }

        var root = Path.Join(Path.GetFullPath(options.Value.StateDirectory), "attempts", $"doctor-{Environment.ProcessId}");
        var directory = new AttemptDirectory(root);
        try
        {
            Directory.CreateDirectory(directory.Work);
            sandbox.Hand(directory);
            var request = new SandboxRequest
            {
                Directory = directory,
                Image = image with { Entrypoint = ["/bin/sh"] },
                Arguments = ["-c", "echo well"],
                Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
                Limits = SandboxLimits.Of(null, options.Value.Limits),
            };
            await sandbox.StartAsync(request, cancellationToken);
            using var deadline = new CancellationTokenSource(TestPatience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            while (sandbox.Probe(directory).State is ProcessState.Alive or ProcessState.NotStarted)
            {
                await Task.Delay(LookEvery, time, either.Token);
            }

            var exit = sandbox.Probe(directory).Exit;
            var log = File.Exists(directory.Log) ? (await File.ReadAllTextAsync(directory.Log, cancellationToken)).Trim() : "";
            return exit is { Code: 0 } && log == "well"
                ? Finding.Well("self-test", "a program ran in a sandbox and ended")
                : new Finding("self-test", $"a program in a sandbox ended with code {exit?.Code.ToString() ?? "none"}: {log}", Mend);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new Finding("self-test", $"a sandbox could not be tried in {root}: {error.Message}", Mend);
        }
        finally
        {
            DirectoryTree.Delete(root);
        }
    }
}
