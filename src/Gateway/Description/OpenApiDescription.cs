using Actors.Gateway.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Actors.Gateway.Description;

/// <summary>The OpenAPI description at /openapi/v1.json, made from the routes themselves.</summary>
internal static class OpenApiDescription
{
    public const string Document = "v1";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Actors ledger", Version = Document, Description = "docs/http-api.md explains it." };

            // Where a node listens is not part of what it promises.
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            DescribeText(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            AddPathParameters(operation, context.Description.RelativePath ?? "");
            return Task.CompletedTask;
        });
    }

    private static void DescribeText(OpenApiSchema schema, Type type)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        if (TextForms.All.FirstOrDefault(f => f.Type == (underlying ?? type)) is { } form)
        {
            schema.Type = underlying is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Pattern = form.Pattern;
            schema.Description = form.Expected;
            schema.Format = null;
            schema.Properties?.Clear();
        }
    }

    /// <summary>Handlers that take the chain as a whole do not name the parameter it comes from.</summary>
    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        foreach (var segment in path.Split('/').Where(s => s.StartsWith('{')))
        {
            var name = segment.Trim('{', '}');
            operation.Parameters ??= [];
            if (operation.Parameters.All(p => p.Name != name))
            {
                operation.Parameters.Insert(0, new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            }
        }
    }
}
