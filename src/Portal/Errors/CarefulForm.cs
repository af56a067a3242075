using Microsoft.AspNetCore.Http.Features;

namespace JobServer.Portal.Errors;

/// <summary>
/// The form of a request. What no form can hold, such as an encoded NUL, is told as malformed data, which is answered
/// with 400; the framework alone would take it for a fault of ours.
/// </summary>
internal sealed class CarefulForm(HttpRequest request, FormOptions limits) : IFormFeature
{
    private readonly FormFeature _form = new(request, limits);

    /// <summary>Somebody tried to read it, and could not.</summary>
    public bool IsUnreadable { get; private set; }

    public bool HasFormContentType => _form.HasFormContentType;

    public IFormCollection? Form
    {
        get => _form.Form;
        set => _form.Form = value;
    }

    public IFormCollection ReadForm()
    {
        try
        {
            return _form.ReadForm();
        }
        catch (Exception error) when (Is(error))
        {
            throw Unreadable(error);
        }
    }

    public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _form.ReadFormAsync(cancellationToken);
        }
        catch (Exception error) when (Is(error))
        {
            throw Unreadable(error);
        }
    }

    private static bool Is(Exception error) => error is InvalidOperationException or InvalidDataException or BadHttpRequestException;

    private InvalidDataException Unreadable(Exception error)
    {
        IsUnreadable = true;
        return new InvalidDataException("The form cannot be read.", error);
    }
}
