namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>Reads lines only so far as to know whether the next one starts inside brackets or quotes.</summary>
internal sealed class ContinuationTracker
{
    private char _quote;
    private int _blockScalarIndent = -1;

    /// <summary>Lines right of this column go on with the plain text that the last line ended in; none when it did not.</summary>
    private int _plainParent = int.MaxValue;
    private bool _endedAtTokenStart = true;

    private int _depth;

    public bool IsInside => _depth > 0 || _quote != 0;

    /// <summary>One more than the column, from 0, of the outermost open bracket or quote: right of every key it can
    /// belong to.</summary>
    public int Column { get; private set; }

    public void Read(string line)
    {
        line = line.TrimEnd('\r', '\n');
        var indent = line.AsSpan().IndexOfAnyExcept(" ");
        var blank = line.AsSpan().Trim().Length == 0;
        if (_blockScalarIndent >= 0)
        {
            if (blank || indent > _blockScalarIndent) return;
            _blockScalarIndent = -1;
        }

        if (blank) return;
        var goesOn = _quote != 0 || (_depth > 0 ? !_endedAtTokenStart : indent > _plainParent);
        var plainParent = goesOn ? _plainParent : int.MaxValue;
        _plainParent = int.MaxValue;
        _endedAtTokenStart = true;
        Scan(line, indent, !goesOn, plainParent);
    }

    private void Scan(string line, int indent, bool atTokenStart, int plainParent)
    {
        var atKeyStart = true;
        var keyColumn = indent;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (_quote != 0)
            {
                if (c == '\\' && _quote == '"') i++;
                else if (c == '\'' && _quote == '\'' && i + 1 < line.Length && line[i + 1] == '\'') i++;
                else if (c == _quote) _quote = '\0';
                continue;
            }

            if (c is ' ' or '\t') continue;
            var afterBlank = i == 0 || line[i - 1] is ' ' or '\t';
            if (c == '#' && afterBlank) return;
            var next = i + 1 < line.Length ? line[i + 1] : '\n';
            if (atTokenStart)
            {
                if (c is '"' or '\'')
                {
                    _quote = c;
                    plainParent = int.MaxValue;
                    if (_depth == 0) Column = i + 1;
                    atTokenStart = false;
                    continue;
                }

                if (c is '[' or '{')
                {
                    if (_depth++ == 0) Column = i + 1;
                    continue;
                }

                if (c is '&' or '!')
                {
                    while (i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1])) i++;
                    continue;
                }

                if (_depth == 0 && c is '|' or '>' && !atKeyStart)
                {
                    _blockScalarIndent = indent;
                    return;
                }

                if (_depth == 0 && c is '-' or '?' && char.IsWhiteSpace(next))
                {
                    indent = i;
                    keyColumn = i + 1 + Math.Max(0, line.AsSpan(i + 1).IndexOfAnyExcept(' '));
                    atKeyStart = false;
                    continue;
                }
            }

            if (_depth > 0 && c is ']' or '}')
            {
                _depth--;
                atTokenStart = false;
                continue;
            }

            if (atTokenStart && _depth == 0) plainParent = atKeyStart ? indent - 1 : indent;
            atTokenStart = (_depth > 0 && c is ',' or '[' or '{') || (c == ':' && (char.IsWhiteSpace(next) || _depth > 0));
            if (_depth > 0 && c is '[' or '{') _depth++;
            if (!atTokenStart) continue;
            plainParent = int.MaxValue;
            atKeyStart = false;
            indent = keyColumn;
        }

        _plainParent = plainParent;
        _endedAtTokenStart = atTokenStart;
    }
}
