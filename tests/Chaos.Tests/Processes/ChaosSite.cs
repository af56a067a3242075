using System.Net;
using System.Net.Sockets;
using JobServer.Chaos.Tests.Links;
using JobServer.Coordinator;
using JobServer.RunnerAgent;

namespace JobServer.Chaos.Tests.Processes;

/// <summary>One Coordinator and two agents of one backend as processes, and the links between them.</summary>
internal sealed class ChaosSite : IAsyncDisposable
{
    public const string Backend = "site";
    public const string Token = "an agent token that only this test uses";

    private readonly EventHandler _atExit;

    public ChaosSite(string folder)
    {
        Folder = folder;
        foreach (var part in (string[])["site", "logs"])
        {
            Directory.CreateDirectory(Path.Join(folder, part));
        }

        var bubblewrap = NotingBubblewrap(folder);
        var port = FreePort();
        Coordinator = new ProgramProcess("coordinator", typeof(CoordinatorHost).Assembly.Location, LogOf("coordinator"), CoordinatorArguments(port));
        foreach (var number in (int[])[1, 2])
        {
            var link = new FaultProxy(port);
            Links.Add(link);
            Agents.Add(new ProgramProcess(
                $"agent-{number}", typeof(AgentOptions).Assembly.Location, LogOf($"agent-{number}"), AgentArguments(number, link.Port, bubblewrap)));
        }

        _atExit = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += _atExit;
    }

    public string Folder { get; }

    public string Database => Path.Join(Folder, "jobserver.db");

    /// <summary>One line for each start of a sandbox, written outside of it.</summary>
    public string Starts => Path.Join(Folder, "starts.log");

    public ProgramProcess Coordinator { get; }

    public List<ProgramProcess> Agents { get; } = [];

    /// <summary>In the order of the agents.</summary>
    public List<FaultProxy> Links { get; } = [];

    public IEnumerable<ProgramProcess> Processes => [Coordinator, .. Agents];

    public string StateOf(ProgramProcess agent) => Path.Join(Folder, agent.Name);

    public void Start()
    {
        foreach (var process in Processes)
        {
            process.Start();
        }
    }

    public void Kill()
    {
        foreach (var process in Processes)
        {
            process.Kill();
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _atExit;
        foreach (var process in Processes)
        {
            process.Dispose();
        }

        foreach (var link in Links)
        {
            await link.DisposeAsync();
        }
    }

    private string LogOf(string name) => Path.Join(Folder, "logs", $"{name}.log");

    // The real one, after a line that says which attempt it is started for.
    private static string NotingBubblewrap(string folder)
    {
        var path = Path.Join(folder, "bwrap.sh");
        File.WriteAllText(path, $"""
            #!/bin/sh
            for word in "$@"; do
                case $word in */attempts/*/work) echo "$word" >>'{Path.Join(folder, "starts.log")}' ;; esac
            done
            exec /usr/bin/bwrap "$@"

            """);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private IReadOnlyList<string> CoordinatorArguments(int port) =>
    [
        $"--Database:ConnectionString=Data Source={Database}",
        $"--Blobs:Directory={Path.Join(Folder, "blobs")}",
        "--Blobs:Reserve=0",
        "--Audit:Key=a key that only tests use",
        $"--Mail:Folder={Path.Join(Folder, "mail")}",
        $"--Coordinator:Listen=http://127.0.0.1:{port}",
        "--Coordinator:InternalToken=an internal token that only tests use",
        "--Coordinator:Heartbeat=00:00:00.5",
        "--Coordinator:Silence=00:00:02",
        "--Coordinator:Lease=00:00:04",
        "--Coordinator:Margin=00:00:01",
        "--Coordinator:AssignmentAnswer=00:00:01.5",
        "--Coordinator:GraceAfterGap=00:00:05",
        "--Coordinator:SessionMaxAge=00:00:20",
        "--Coordinator:Poll=00:00:00.3",
        "--Coordinator:CancelGrace=00:00:02",
        "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Warning",
        "--Logging:Console:FormatterName=simple",
        "--Logging:Console:FormatterOptions:SingleLine=true",
        "--Logging:Console:FormatterOptions:TimestampFormat=HH:mm:ss.fff ",
    ];

    private IReadOnlyList<string> AgentArguments(int number, int port, string bubblewrap) =>
    [
        $"--Agent:CoordinatorAddress=http://127.0.0.1:{port}",
        $"--Agent:Token={Token}",
        $"--Agent:Backend={Backend}",
        $"--Agent:StateDirectory={Path.Join(Folder, $"agent-{number}")}",
        $"--Agent:SiteDirectory={Path.Join(Folder, "site")}",
        $"--Agent:DisplayName=agent-{number}",
        "--Agent:StandardSlots=3",
        "--Agent:RetryWait=00:00:00.3",
        "--Agent:Limits:DiskFloor=0",
        "--Agent:Limits:Memory=268435456",
        "--Agent:Limits:StopGrace=00:00:02",
        $"--Agent:Sandbox:BubblewrapPath={bubblewrap}",
        $"--Agent:Sandbox:BaseUserId={720_000 + (number * 1000)}",
        "--Logging:Console:FormatterOptions:TimestampFormat=HH:mm:ss.fff ",
    ];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
