"""Reads a model's name and a body from each line, and writes what the model finds wrong with the body."""
import json
import sys

from pydantic import ValidationError
from ucp_sdk.models.schemas.common.types.error_response import ErrorResponse
from ucp_sdk.models.schemas.profile import BusinessSchema
from ucp_sdk.models.schemas.shopping.cart import Cart
from ucp_sdk.models.schemas.shopping.cart_create_request import CartCreateRequest
from ucp_sdk.models.schemas.shopping.cart_update_request import CartUpdateRequest

MODELS = {
    "profile": BusinessSchema,
    "create": CartCreateRequest,
    "update": CartUpdateRequest,
    "cart": Cart,
    "refusal": ErrorResponse,
}

for line in sys.stdin:
    asked = json.loads(line)
    try:
        MODELS[asked["model"]].model_validate_json(json.dumps(asked["body"]))
        found = []
    except ValidationError as error:
        found = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    print(json.dumps(found), flush=True)
