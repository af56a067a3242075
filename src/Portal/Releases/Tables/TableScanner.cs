using System.Text;
using JobServer.Outputs;

namespace JobServer.Portal.Releases.Tables;

/// <summary>
/// Finds the rows of a CSV file while its bytes pass by, and cuts it into parts that a page can show. Holds nothing of the file
/// but where its parts begin.
/// </summary>
/// <param name="separator">Between cells; null to tell it from the first line.</param>
internal sealed class TableScanner(char? separator)
{
    public const int MaxRows = 1_000;

    /// <summary>Letters on the page, so that it comes quickly over a slow line too; a cell counts as some more for its markup.</summary>
    private const int MaxText = 50_000;
    private const int MarkupOfCell = 4;

    /// <summary>Of 50,000 letters these are 25 GB; a file of empty lines makes as many of 3 MB.</summary>
    private const int MostParts = 500_000;

    private readonly List<TablePart> _parts = [];
    private byte _separator;
    private Place _place;
    private bool _isBinary;
    private byte _previous;
    private long _position;
    private long _rowStart;
    private long _headerEnd = -1;
    private int _columns = 1;
    private long _rows;
    private long _textOfPart;

    private enum Place
    {
        Outside,
        InQuotes,

        /// <summary>After a quote in quotes: the next byte says whether it ends the cell or stands for itself.</summary>
        AfterQuote,

        /// <summary>After a carriage return: a line feed belongs to the same end of line.</summary>
        AfterReturn,
    }

    public void Write(ReadOnlySpan<byte> more)
    {
        _isBinary |= more.Contains((byte)0);
        if (_position == 0)
        {
            _separator = (byte)(separator ?? CsvSeparator.Of(Encoding.UTF8.GetString(more)));
            if (more.StartsWith(Encoding.UTF8.Preamble))
            {
                Pass(ref more, Encoding.UTF8.Preamble.Length);
                _previous = _separator;
            }
        }

        while (more.Length > 0)
        {
            switch (_place)
            {
                case Place.Outside:
                    PassOutside(ref more);
                    break;
                case Place.InQuotes:
                    var quote = more.IndexOf((byte)'"');
                    _place = quote < 0 ? _place : Place.AfterQuote;
                    Pass(ref more, quote < 0 ? more.Length : quote + 1);
                    break;
                case Place.AfterQuote:
                    (_place, var passed) = more[0] == '"' ? (Place.InQuotes, 1) : (Place.Outside, 0);
                    Pass(ref more, passed);
                    break;
                case Place.AfterReturn:
                    Pass(ref more, more[0] == '\n' ? 1 : 0);
                    _place = Place.Outside;
                    EndRow();
                    break;
            }
        }
    }

    /// <summary>Null when the file holds a NUL, ends within quotes, or has more parts than can be kept: it is no table for a page.</summary>
    public TableIndex? Finish()
    {
        if (_isBinary || _place == Place.InQuotes || _parts.Count > MostParts)
        {
            return null;
        }

        if (_position > _rowStart)
        {
            EndRow();
        }

        return new TableIndex
        {
            Separator = (char)_separator,
            HeaderEnd = Math.Max(0, _headerEnd),
            Parts = _parts,
            Rows = Math.Max(0, _rows),
            Size = _position,
        };
    }

    private void PassOutside(ref ReadOnlySpan<byte> more)
    {
        var found = more.IndexOfAny((byte)'"', (byte)'\n', (byte)'\r');
        if (found < 0)
        {
            Pass(ref more, more.Length);
            return;
        }

        var (sign, before) = (more[found], found > 0 ? more[found - 1] : _previous);
        var isAtCellStart = _position + found == _rowStart || before == _separator;
        Pass(ref more, found + 1);
        switch (sign)
        {
            case (byte)'\n':
                EndRow();
                break;
            case (byte)'\r':
                _place = Place.AfterReturn;
                break;
            case (byte)'"' when isAtCellStart:
                _place = Place.InQuotes;
                break;
        }
    }

    private void Pass(ref ReadOnlySpan<byte> more, int count)
    {
        if (count == 0)
        {
            return;
        }

        if (_headerEnd < 0)
        {
            _columns += more[..count].Count(_separator);
        }

        _previous = more[count - 1];
        _position += count;
        more = more[count..];
    }

    private void EndRow()
    {
        if (_headerEnd < 0)
        {
            _headerEnd = _position;
        }
        else
        {
            var text = _position - _rowStart + (MarkupOfCell * (long)Math.Min(_columns, CsvRows.MaxColumns));
            if (_parts.Count > MostParts)
            {
                return;
            }

            if (_parts.Count == 0 || _rows - _parts[^1].FirstRow == MaxRows || _textOfPart + text > MaxText)
            {
                _parts.Add(new TablePart(_rowStart, _rows));
                _textOfPart = 0;
            }

            _textOfPart += text;
            _rows++;
        }

        _rowStart = _position;
    }
}
