using Docker.DotNet.Models;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>How a container confines a program. A pure function of the request: what is not granted here is not there.</summary>
internal static class ContainerRecipe
{
    private const long TemporaryBytes = 1024L * 1024 * 1024;

    /// <summary>What the engine keeps of a log, so that an agent that was away finds all that counts.</summary>
    private const int LogSegments = 3;
    private const double NanosPerProcessor = 1e9;

    /// <param name="request">What to run.</param>
    /// <param name="user">User and group number, inside and on the machine.</param>
    public static CreateContainerParameters Of(SandboxRequest request, int user)
    {
        var limits = request.Limits;
        var container = new CreateContainerParameters
        {
            Image = request.Image.Identity,
            Env = [.. request.Environment.Select(pair => $"{pair.Key}={pair.Value}")],
            User = $"{user}:{user}",
            WorkingDir = BubblewrapCommand.Workspace,
            Hostname = "sandbox",
            NetworkDisabled = true,
            Healthcheck = new HealthcheckConfig { Test = ["NONE"] },
            HostConfig = new HostConfig
            {
                NetworkMode = "none",
                Binds = [$"{request.Directory.Work}:{BubblewrapCommand.Workspace}:rw"],
                ReadonlyRootfs = true,
                Tmpfs = new Dictionary<string, string> { ["/tmp"] = $"rw,nosuid,nodev,exec,size={TemporaryBytes},mode=1777" },
                ShmSize = TemporaryBytes,
                CapDrop = ["ALL"],
                SecurityOpt = ["no-new-privileges"],
                IpcMode = "private",
                Init = true,
                Memory = limits.Memory,

                // No swap: what is over the limit ends the job in place of slowing the machine.
                MemorySwap = limits.Memory,
                OomKillDisable = false,
                NanoCPUs = (long)(limits.Processors * NanosPerProcessor),
                PidsLimit = limits.Processes,
                Ulimits =
                [
                    new Ulimit { Name = "core", Soft = 0, Hard = 0 },
                    new Ulimit { Name = "fsize", Soft = limits.FileSize, Hard = limits.FileSize },
                    Seconds("cpu", limits.ProcessorTime),
                ],
                LogConfig = new LogConfig
                {
                    Type = "local",
                    Config = new Dictionary<string, string> { ["max-size"] = $"{limits.LogSize + TemporaryBytes / 64}b", ["max-file"] = $"{LogSegments}", ["compress"] = "false" },
                },
                RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
            },
        };

        // Where nothing is said, the image's own hold.
        if (request.Image.Entrypoint.Count > 0)
            container.Entrypoint = [.. request.Image.Entrypoint];
        if (request.Arguments.Count > 0)
            container.Cmd = [.. request.Arguments];

        return container;
    }

    private static Ulimit Seconds(string name, TimeSpan time)
    {
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return new Ulimit { Name = name, Soft = seconds, Hard = seconds };
    }
}
