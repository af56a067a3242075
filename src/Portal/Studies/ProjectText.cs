using System.Text;

namespace JobServer.Portal.Studies;

/// <summary>The text of a project.yaml for people to read, whatever its bytes are.</summary>
internal static class ProjectText
{
    public static string Decode(byte[] bytes)
    {
        var text = bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2),
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
            _ => Encoding.UTF8.GetString(bytes),
        };

        // Some databases refuse a NUL in text.
        return text.Replace('\0', '\uFFFD');
    }
}
