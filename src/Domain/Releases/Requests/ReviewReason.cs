namespace JobServer.Domain.Releases.Requests;

/// <summary>Why a checker rejects a file: what authors hear most, in few words that can be counted.</summary>
public enum ReviewReason
{
    SmallCounts,
    NotRounded,
    TooLittleContext,
    NoUnderlyingData,
    WrongType,
    RecordsOfPersons,
    DifferenceToOtherRelease,
    Other,
}
