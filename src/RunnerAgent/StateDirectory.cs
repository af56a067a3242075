using JobServer.RunnerAgent.Journal;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent;

/// <summary>
/// The agent's own directory, held by a lock of the kernel: two agents on one journal would run jobs
/// twice. The lock goes with the process, however it ends.
/// </summary>
internal sealed class StateDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    public StateDirectory(IOptions<AgentOptions> options)
    {
        var path = Path.GetFullPath(options.Value.StateDirectory);
        Directory.CreateDirectory(path, OwnerOnly);
        Directory.CreateDirectory(Path.GetFullPath(options.Value.EffectiveSiteDirectory), OwnerOnly);
        Directory.CreateDirectory(Path.Join(path, "attempts"), OwnerOnly);
        try
        {
            _lock = new FileStream(Path.Join(path, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new InvalidOperationException(
                $"Another agent uses the state directory {path}. Give each agent a directory of its own (setting Agent:StateDirectory).", error);
        }

        Storage = new FileJournalStorage(path);
    }

    public FileJournalStorage Storage { get; }

    public void Dispose()
    {
        Storage.Dispose();
        _lock.Dispose();
    }
}
