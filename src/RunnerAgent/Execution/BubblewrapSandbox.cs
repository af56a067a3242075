using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution;

/// <summary>Confinement by Linux namespaces, without a container engine.</summary>
internal sealed class BubblewrapSandbox(IOptions<AgentOptions> options, TimeProvider time) : ISandbox
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SupervisorSlack = TimeSpan.FromSeconds(5);

    private readonly SandboxOptions _options = options.Value.Sandbox;
    private readonly BubblewrapCommand _command = new(options.Value.Sandbox, Posix.IsRoot);
    private readonly SandboxUsers _users = new(options.Value.Sandbox.BaseUserId);

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        string[] needed = [_options.BubblewrapPath, "/usr/bin/prlimit", "/usr/bin/setpriv", "/usr/bin/setsid", "/usr/bin/timeout"];
        if (needed.FirstOrDefault(path => !File.Exists(path)) is { } missing)
            return $"{missing} is missing. Install bubblewrap, util-linux and coreutils (on Debian: apt-get install bubblewrap).";

        if (SystemCallFilter.Problem() is { } problem)
            return problem;

        var start = new ProcessStartInfo(_options.BubblewrapPath) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in Posix.IsRoot ? [] : new[] { "--unshare-user", "--disable-userns" })
            start.ArgumentList.Add(word);
        foreach (var word in (string[])["--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "--proc", "/proc", "--", "/bin/true"])
            start.ArgumentList.Add(word);

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CheckTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        string error;
        try
        {
            error = await process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return $"A sandbox made for a check did not end within {CheckTimeout.TotalSeconds:0} s.";
        }

        return process.ExitCode == 0 ? null : $"A sandbox cannot be made on this machine: {error.Trim()}";
    }

    public void Hand(AttemptDirectory directory) => _users.Hand(directory);

    public Task StartAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        var directory = request.Directory;
        Directory.CreateDirectory(directory.Run);
        var user = Posix.IsRoot ? _users.Take(directory) : 0;
        var etc = Directory.CreateDirectory(Path.Join(directory.Run, "etc")).FullName;
        File.WriteAllText(Path.Join(etc, "passwd"), _command.Passwd(user));
        File.WriteAllText(Path.Join(etc, "group"), _command.Group(user));
        File.WriteAllText(Path.Join(etc, "hosts"), "127.0.0.1 localhost\n");

        SystemCallFilter.Write(Path.Join(directory.Run, "filter.bpf"));

        // A start that failed before anything ran may be tried again.
        DirectoryTree.Delete(Path.Join(directory.Run, "tools"));
        var tools = Directory.CreateDirectory(Path.Join(directory.Run, "tools")).FullName;
        foreach (var (name, target) in request.Image.Tools)
            File.CreateSymbolicLink(Path.Join(tools, name), target);

        var limits = request.Limits;
        var group = _options.UseMemoryCgroup ? MemoryCgroup.TryCreate(directory, limits.Memory) : null;
        var seconds = (long)Math.Ceiling((limits.Time + limits.StopGrace + SupervisorSlack).TotalSeconds);

        // A session of its own and none of the agent's environment: the supervisor outlives the agent.
        var start = new ProcessStartInfo("/usr/bin/setsid");
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        var script = Path.Join(AppContext.BaseDirectory, "supervise.sh");
        foreach (var word in (string[])["--fork", "/bin/bash", script, directory.Run, $"{seconds}", $"{limits.LogSize}", group ?? "-"])
            start.ArgumentList.Add(word);
        foreach (var word in _command.Build(request, etc, tools, user, limitAddressSpace: group is null))
            start.ArgumentList.Add(word);

        using var process = Process.Start(start);
        return Task.CompletedTask;
    }

    public SandboxProbe Probe(AttemptDirectory directory) => SupervisorFiles.Probe(directory);

    public bool GiveUp(AttemptDirectory directory)
    {
        Directory.CreateDirectory(directory.Run);
        // mkdir is the referee between this and a supervisor that starts late.
        if (!Posix.MakeDirectory(directory.Claim))
            return false;

        File.WriteAllText(Path.Join(directory.Run, "given-up"), "");
        return true;
    }

    public bool Stop(AttemptDirectory directory, bool force)
    {
        if (SupervisorFiles.LivingSupervisor(directory) is not { } supervisor)
            return false;

        // Only processes under our own supervisor: a number from a file may belong to someone else by now.
        var under = ProcessTable.Descendants(supervisor);
        IReadOnlyList<int> targets = SupervisorFiles.FirstProcess(directory) is { } first && under.Contains(first)
            ? force ? [first] : ProcessTable.Descendants(first)
            : force ? under : [];
        var told = false;
        foreach (var process in targets)
            told |= Posix.Signal(process, force ? Posix.Kill : Posix.Term);

        return told;
    }
}
