using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Connection;

/// <summary>
/// The session as the journal is to know it. Nothing is promised on this record, so a disk that does not take it ends no
/// session: only through one can a job that filled the disk be cancelled.
/// </summary>
internal sealed class SessionRecord(AgentJournal journal, long epoch, string historyId, ILogger logger)
{
    private bool _isWritten;

    /// <summary>Writes it, unless that was done.</summary>
    public void Write()
    {
        if (_isWritten)
            return;

        try
        {
            journal.RecordSession(epoch, historyId);
            _isWritten = true;
        }
        catch (IOException error)
        {
            logger.SessionNotRecorded(epoch, error);
        }
    }
}
