using System.Globalization;

namespace JobServer.Portal.Ui;

internal static class Sizes
{
    /// <summary>"312 bytes", "4.2 kB", "16 MB".</summary>
    public static string Text(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 1_000 => $"{bytes} bytes",
        < 1_000_000 => Round(bytes / 1e3, "kB"),
        < 1_000_000_000 => Round(bytes / 1e6, "MB"),
        _ => Round(bytes / 1e9, "GB"),
    };

    private static string Round(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.ToString(value < 10 ? "0.#" : "0", CultureInfo.InvariantCulture)} {unit}");
}
