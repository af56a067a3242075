using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace JobServer.Portal.Live;

/// <summary>
/// Draws a partial, named by its path from the content root, into a string: the same partial that the page draws on
/// its first load.
/// </summary>
internal sealed class PartialRenderer(IRazorViewEngine views, ITempDataDictionaryFactory tempData)
{
    public async Task<string> RenderAsync<TModel>(HttpContext context, string path, TModel model)
    {
        var found = views.GetView(executingFilePath: null, path, isMainPage: false);
        var view = found.EnsureSuccessful([path]).View!;
        var action = new ActionContext(context, context.GetRouteData(), new ActionDescriptor());
        var data = new ViewDataDictionary<TModel>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        await using var writer = new StringWriter();
        await view.RenderAsync(new ViewContext(
            action, view, data, tempData.GetTempData(context), writer, new HtmlHelperOptions()));
        return writer.ToString();
    }
}
