using JobServer.Domain.Releases.Publications;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Releases.Publications;

/// <summary>States in the words of pages.</summary>
internal static class PublicationWords
{
    public static string Name(PublicationState state) => state switch
    {
        PublicationState.Requested => "Waits for an Output Publisher",
        PublicationState.Withdrawn => "Withdrawn",
        PublicationState.Rejected => "Not published",
        PublicationState.Published => "Published",
        PublicationState.Unpublished => "No longer public",
    };

    public static Tone ToneOf(PublicationState state) => state switch
    {
        PublicationState.Requested => Tone.Waiting,
        PublicationState.Withdrawn => Tone.Neutral,
        PublicationState.Rejected => Tone.Bad,
        PublicationState.Published => Tone.Good,
        PublicationState.Unpublished => Tone.Warning,
    };

    public static string Files(int count) => count == 1 ? "1 file" : $"{count} files";
}
