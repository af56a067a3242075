using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace JobServer.RunnerAgent.Tests.Execution.Conformance;

/// <summary>A real engine of the tests' own: its own data, its own socket, no network, one image made of Debian packages.</summary>
public sealed class DockerEngine : IAsyncLifetime
{
    public const string Repository = "conformance/python";
    private const string Tag = "v1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Short: the path of a socket has at most 107 characters.
    private readonly string _folder = Directory.CreateTempSubdirectory("jsd-").FullName;
    private Process? _daemon;

    public Uri Endpoint => new($"unix://{_folder}/d.sock");

    /// <summary>By its digest.</summary>
    public string Image { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (!File.Exists("/usr/sbin/dockerd") || Environment.UserName != "root")
            return;

        try
        {
            await StartAsync();
            await ImportAsync();
        }
        catch
        {
            // Whoever fails to begin is not told to end.
            await DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("/usr/sbin/dockerd") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in (string[])
            [
                "--iptables=false", "--ip6tables=false", "--bridge=none", "--ip-forward=false", "--ip-masq=false", "--live-restore",
                "--data-root", $"{_folder}/data", "--exec-root", $"{_folder}/exec", "--pidfile", $"{_folder}/pid", "-H", Endpoint.OriginalString,
            ])
            start.ArgumentList.Add(word);

        _daemon = Process.Start(start)!;
        _daemon.ErrorDataReceived += (_, line) => File.AppendAllText($"{_folder}/dockerd.log", line.Data + "\n");
        _daemon.OutputDataReceived += (_, _) => { };
        _daemon.BeginErrorReadLine();
        _daemon.BeginOutputReadLine();
        using var client = Client();
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await client.System.PingAsync(deadline.Token);
                return;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Assert.False(_daemon.HasExited, $"dockerd ended: {Words()}");
                await Task.Delay(100, deadline.Token);
            }
        }
    }

    /// <summary>Its containers run on.</summary>
    public async Task StopAsync()
    {
        if (_daemon is { HasExited: false } daemon)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{daemon.Id}"]);
            await kill.WaitForExitAsync();
            await daemon.WaitForExitAsync().WaitAsync(Patience);
        }

        _daemon?.Dispose();
        _daemon = null;
    }

    public DockerClient Client() => new DockerClientBuilder().WithEndpoint(Endpoint).Build();

    public async Task DisposeAsync()
    {
        if (_daemon is not null)
        {
            using (var client = Client())
            {
                foreach (var container in await client.Containers.ListContainersAsync(new ContainersListParameters { All = true }))
                    await client.Containers.RemoveContainerAsync(container.ID, new ContainerRemoveParameters { Force = true });
            }

            await StopAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task ImportAsync()
    {
        var script = Path.Join(AppContext.BaseDirectory, "rootfs.sh");
        using var tar = Process.Start(new ProcessStartInfo("/bin/bash", [script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var client = Client();
        await client.Images.CreateImageAsync(
            new ImagesCreateParameters { FromSrc = "-", Repo = Repository, Tag = Tag }, tar.StandardOutput.BaseStream, null, new Progress<JSONMessage>());
        await tar.WaitForExitAsync();
        Image = (await client.Images.InspectImageAsync($"{Repository}:{Tag}")).ID;
        await client.Images.TagImageAsync(Image, new ImageTagParameters { RepositoryName = Repository, Tag = "latest" });
    }

    private string Words() => File.Exists($"{_folder}/dockerd.log") ? File.ReadAllText($"{_folder}/dockerd.log") : "";
}
