using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Tests.Journal;

/// <summary>A disk that forgets what was not flushed, and remembers the order of things.</summary>
internal sealed class RecordingStorage : IJournalStorage
{
    private int _durable;
    private int _lastAppend;

    public List<string> Calls { get; } = [];

    public bool Full { get; set; }

    /// <summary>There is room for a record, but not for a second journal beside the first.</summary>
    public bool NearlyFull { get; set; }

    public bool CannotTruncate { get; set; }

    public byte[] Content { get; private set; } = [];

    public static RecordingStorage With(ReadOnlySpan<byte> content) => new() { Content = content.ToArray(), _durable = content.Length };

    public RecordingStorage AfterPowerCut() => With(Content.AsSpan(0, _durable));

    /// <summary>A disk writes what was not flushed in any order: here the last write alone.</summary>
    public RecordingStorage AfterPowerCutThatKeptTheLastWrite()
    {
        var content = Content.ToArray();
        if (_lastAppend > _durable)
            content.AsSpan(_durable, _lastAppend - _durable).Clear();

        return With(content);
    }

    public byte[]? Read() => Content.Length == 0 ? null : Content;

    public void Replace(ReadOnlySpan<byte> content)
    {
        if (NearlyFull)
            throw new IOException("No space left on device");

        Calls.Add("replace");
        Content = content.ToArray();
        _durable = Content.Length;
    }

    public void Append(ReadOnlySpan<byte> record)
    {
        if (Full)
        {
            Content = [.. Content, .. record[..(record.Length / 2)]];
            throw new IOException("No space left on device");
        }

        Calls.Add("append");
        _lastAppend = Content.Length;
        Content = [.. Content, .. record];
    }

    public void Flush()
    {
        Calls.Add("flush");
        _durable = Content.Length;
    }

    public void Truncate(long length)
    {
        if (CannotTruncate)
            throw new IOException("Input/output error");

        Calls.Add("truncate");
        Content = Content[..(int)length];
        _durable = Content.Length;
    }
}
