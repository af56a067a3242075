namespace JobServer.Outputs;

/// <summary>Text with a NUL is not text: a binary file under the name of a table.</summary>
internal sealed class NulRefusingReader(TextReader inner) : TextReader
{
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var read = inner.Read(buffer);
        return buffer[..read].Contains('\0')
            ? throw new InvalidDataException("The text contains a NUL character.")
            : read;
    }
}
