using JobServer.Domain.Releases.Requests;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>States and reasons in the words of pages.</summary>
internal static class ReviewWords
{
    public static string Name(ReleaseRequestState state) => state switch
    {
        ReleaseRequestState.Submitted => "In review",
        ReleaseRequestState.Returned => "Returned to the author",
        ReleaseRequestState.Withdrawn => "Withdrawn",
        ReleaseRequestState.Rejected => "Rejected",
        ReleaseRequestState.Released => "Released",
    };

    public static Tone ToneOf(ReleaseRequestState state) => state switch
    {
        ReleaseRequestState.Submitted => Tone.Waiting,
        ReleaseRequestState.Returned => Tone.Warning,
        ReleaseRequestState.Withdrawn => Tone.Neutral,
        ReleaseRequestState.Rejected => Tone.Bad,
        ReleaseRequestState.Released => Tone.Good,
    };

    public static string Name(ReviewReason reason) => reason switch
    {
        ReviewReason.SmallCounts => "Small counts are not hidden",
        ReviewReason.NotRounded => "Counts are not rounded",
        ReviewReason.TooLittleContext => "Too little context",
        ReviewReason.NoUnderlyingData => "The numbers behind it are missing",
        ReviewReason.WrongType => "Not a type of file that may leave",
        ReviewReason.RecordsOfPersons => "Records of single persons",
        ReviewReason.DifferenceToOtherRelease => "The difference to another release discloses",
        ReviewReason.Other => "Another reason",
    };
}
